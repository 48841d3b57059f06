//! A model's standing: an interval, whose lower limit determines the model's lane.

use headgate_statistics::{Interval, StatsError, posterior};
use serde::{Deserialize, Serialize};

use crate::report::CandidateReport;

/// For each lane, the lower limit that a model needs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ceilings {
    /// Minimum for the lane `dry_run`: plan changes without applying them.
    pub dry_run: f64,
    /// Minimum for the lane `execute`: apply changes.
    pub execute: f64,
}

impl Default for Ceilings {
    fn default() -> Self {
        Self { dry_run: 0.4, execute: 0.75 }
    }
}

/// The results of a model in a family of tasks.
///
/// Every task counts once, by the pass rate of its worst wording. The worst wording counts because real
/// requests may be worded in any way. Repeats tell more about a task but nothing about other tasks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Number of tasks with grades.
    pub tasks: u64,
    /// Sum of the tasks' pass rates in their worst wordings.
    pub solved: f64,
    /// Posterior of the share of solved tasks under Jeffreys' prior: 95 %, equal-tailed.
    pub rate: Interval,
}

impl Standing {
    /// The standing after `tasks` tasks. Without tasks, it is the prior.
    ///
    /// # Errors
    /// [`StatsError::Share`].
    pub fn of(solved: f64, tasks: u64) -> Result<Self, StatsError> {
        Ok(Self { tasks, solved, rate: posterior(solved, tasks, 0.95)? })
    }

    /// The standing after a run.
    ///
    /// # Errors
    /// [`StatsError::Share`].
    pub fn after(report: &CandidateReport) -> Result<Self, StatsError> {
        Self::of(report.solved(), report.tasks.len() as u64)
    }

    /// The lane that the lower limit allows.
    #[must_use]
    pub fn lane(&self, ceilings: Ceilings) -> headgate_events::Lane {
        use headgate_events::Lane;
        match self.rate.lower {
            lower if lower >= ceilings.execute => Lane::Execute,
            lower if lower >= ceilings.dry_run => Lane::DryRun,
            _ => Lane::ReadOnly,
        }
    }
}
