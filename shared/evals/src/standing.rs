//! What a model has earned: an interval, of which the lower end buys the lane.

use headgate_stats::{StatsError, posterior};
use serde::{Deserialize, Serialize};

use crate::report::{CandidateReport, Limits};

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
        Self { dry_run: 0.5, execute: 0.8 }
    }
}

/// What a model has shown in a family of tasks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Cases that it passed, in the worst wording of every task.
    pub passed: u64,
    /// Cases that were graded there.
    pub graded: u64,
    /// The posterior of its pass rate under Jeffreys' prior: 95 %, equal-tailed.
    pub rate: Limits,
}

impl Standing {
    /// After so many cases. Nothing but the prior without any.
    ///
    /// # Errors
    /// [`StatsError::Count`].
    pub fn of(passed: u64, graded: u64) -> Result<Self, StatsError> {
        Ok(Self { passed, graded, rate: posterior(passed, graded, 0.95)?.into() })
    }

    /// After a run: only the worst paraphrase of each task counts, since nobody knows how they will be asked.
    ///
    /// # Errors
    /// The same.
    pub fn after(report: &CandidateReport) -> Result<Self, StatsError> {
        let sum = |part: fn(&(u32, u32)) -> u32| -> u64 {
            report.tasks.iter().map(|t| u64::from(part(&t.worst))).sum()
        };
        Self::of(sum(|w| w.0), sum(|w| w.1))
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
