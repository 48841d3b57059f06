//! What a model has earned.

use std::collections::BTreeMap;

use headgate_events::Lane;
use headgate_events::latest::StandingChanged;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Family of tasks that changes belong to: what is proposed is Terraform.
pub const FAMILY_OF_CHANGES: &str = "terraform";

/// What a model has earned in a family of tasks, and what it may touch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StandingRecord {
    /// The model.
    pub model: String,
    /// Family of tasks.
    pub family: String,
    /// Highest lane now.
    pub lane: Lane,
    /// Highest lane that the figures would buy: above `lane` until a person promotes.
    pub earned: Lane,
    /// The latest run of each suite.
    pub suites: BTreeMap<String, SuiteScore>,
    /// Lower limit of the share of tasks that it solves.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
    /// Why it stands so.
    pub reason: String,
    /// When that was.
    pub updated_at: Timestamp,
    /// When a person last promoted it.
    #[serde(default)]
    pub promoted_at: Option<Timestamp>,
}

/// How a model did in a run of a suite, in the worst wording of every task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SuiteScore {
    /// The run.
    pub run: String,
    /// When it ended.
    pub ended_at: Timestamp,
    /// Tasks that it was graded in.
    pub tasks: u64,
    /// Sum over those of the pass rate in the worst wording.
    pub solved: f64,
}

impl StandingRecord {
    /// Tasks that it was graded in, over all suites.
    #[must_use]
    pub fn tasks(&self) -> u64 {
        self.suites.values().map(|s| s.tasks).sum()
    }

    /// Sum over those of the pass rate in the worst wording.
    #[must_use]
    pub fn solved(&self) -> f64 {
        self.suites.values().map(|s| s.solved).sum()
    }

    /// The event's subject, which is also how a marker names it.
    #[must_use]
    pub fn subject(&self) -> String {
        format!("{}/{}", self.model, self.family)
    }

    /// The fact that it has become this.
    #[must_use]
    pub fn changed(&self, before: Option<Lane>) -> StandingChanged {
        StandingChanged {
            model: self.model.clone(),
            family: self.family.clone(),
            before,
            after: self.lane,
            earned: self.earned,
            tasks: self.tasks(),
            solved: self.solved(),
            lower: self.lower,
            upper: self.upper,
            reason: self.reason.clone(),
        }
    }
}
