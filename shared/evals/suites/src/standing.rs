//! What a model has earned: an interval, of which the lower end buys the lane.

use headgate_statistics::{Interval, StatsError, posterior};
use serde::{Deserialize, Serialize};

use crate::report::CandidateReport;

/// Lower limits from which on a lane is earned.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ceilings {
    /// To plan, and show what would be.
    pub dry_run: f64,
    /// To apply.
    pub execute: f64,
}

impl Default for Ceilings {
    fn default() -> Self {
        Self { dry_run: 0.4, execute: 0.75 }
    }
}

/// What a model has shown in a family of tasks.
///
/// Every task counts once, by the pass rate in its worst wording: nobody knows how they will be asked, and to ask the
/// same task more often says more of that task, but nothing of others.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Tasks that it was graded in.
    pub tasks: u64,
    /// Sum over those of the pass rate in the worst wording.
    pub solved: f64,
    /// The posterior of the share that it solves under Jeffreys' prior: 95 %, equal-tailed.
    pub rate: Interval,
}

impl Standing {
    /// After so many tasks. Nothing but the prior without any.
    ///
    /// # Errors
    /// [`StatsError::Share`].
    pub fn of(solved: f64, tasks: u64) -> Result<Self, StatsError> {
        Ok(Self { tasks, solved, rate: posterior(solved, tasks, 0.95)? })
    }

    /// After a run.
    ///
    /// # Errors
    /// The same.
    pub fn after(report: &CandidateReport) -> Result<Self, StatsError> {
        Self::of(report.solved(), report.tasks.len() as u64)
    }

    /// The lane that the lower limit buys.
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
