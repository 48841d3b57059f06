//! Standings of models.

use std::collections::BTreeMap;

use headgate_events::Lane;
use headgate_events::latest::StandingChanged;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Family of tasks that all changes belong to, because proposals are Terraform.
pub const FAMILY_OF_CHANGES: &str = "terraform";

/// The standing of a model in a family of tasks: the lane it has earned and the lane it may use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StandingRecord {
    /// Name of the model.
    pub model: String,
    /// Name of the family of tasks.
    pub family: String,
    /// Highest lane that the model may use now.
    pub lane: Lane,
    /// Highest lane that the results justify. It is above `lane` until a person promotes the model.
    pub earned: Lane,
    /// Score in the latest run of each suite, by suite.
    pub suites: BTreeMap<String, SuiteScore>,
    /// Lower limit of the interval for the share of tasks that the model solves.
    pub lower: f64,
    /// Upper limit of that interval.
    pub upper: f64,
    /// Reason for the current lane.
    pub reason: String,
    /// When the standing last changed.
    pub updated_at: Timestamp,
    /// When a person last promoted the model.
    #[serde(default)]
    pub promoted_at: Option<Timestamp>,
}

impl headgate_events::Versioned for StandingRecord {}

/// Score of a model in a run of a suite. Each task counts with its worst wording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SuiteScore {
    /// Id of the run.
    pub run: String,
    /// When the run ended.
    pub ended_at: Timestamp,
    /// Number of graded tasks.
    pub tasks: u64,
    /// Sum, over the graded tasks, of the pass rate in the worst wording.
    pub solved: f64,
}

impl StandingRecord {
    /// Number of graded tasks in all suites.
    #[must_use]
    pub fn tasks(&self) -> u64 {
        self.suites.values().map(|s| s.tasks).sum()
    }

    /// Sum, over the graded tasks of all suites, of the pass rate in the worst wording.
    #[must_use]
    pub fn solved(&self) -> f64 {
        self.suites.values().map(|s| s.solved).sum()
    }

    /// Subject of the standing's events, which is also part of a promotion's marker.
    #[must_use]
    pub fn subject(&self) -> String {
        format!("{}/{}", self.model, self.family)
    }

    /// The event that reports this standing; `before` is the lane before the change.
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
