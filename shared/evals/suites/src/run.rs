//! The stored state of a run: the request, its progress and its remaining budget.

use std::collections::BTreeMap;

use headgate_events::Artifact;
use headgate_events::evaluation::CaseOutcome;
use headgate_events::latest::{CandidateTotals, RunEnd};
use headgate_statistics::Rule;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::case::CaseResult;
use crate::report::Report;

/// A run: its request, status, counts and cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunHead {
    /// Id of the run.
    pub run_id: String,
    /// Current status.
    pub status: RunStatus,
    /// If the run was refused, all the reasons.
    #[serde(default)]
    pub reasons: Vec<String>,
    /// The packed suite.
    pub artifact: Artifact,
    /// Name of the suite; empty if the suite could not be read.
    pub suite: String,
    /// SHA-256 of the suite's files, which is its version.
    pub digest: String,
    /// Family of tasks that the suite belongs to.
    pub family: String,
    /// Number of tasks in the suite.
    pub tasks: u32,
    /// Names of the candidates.
    pub candidates: Vec<String>,
    /// The candidate that the others are compared with.
    pub baseline: Option<String>,
    /// Id of an earlier run that supplies the baseline's results.
    pub baseline_run: Option<String>,
    /// Number of cases for each prompt and candidate.
    pub repeats: u32,
    /// Number of cases for each candidate.
    pub planned: u32,
    /// The suite's rule for comparisons.
    pub rule: Rule,
    /// Names of the suite's judges (graders that ask a model).
    pub judges: Vec<String>,
    /// Maximum cost of the run, in millionths of a US dollar.
    pub ceiling_micro_usd: u64,
    /// No case starts after this time.
    pub deadline: Timestamp,
    /// Who requested the run.
    pub requested_by: String,
    /// Sender and id of the event that requested the run.
    pub request_id: String,
    /// When the run was planned.
    pub created_at: Timestamp,
    /// When the run ended; `None` while it is running.
    pub ended_at: Option<Timestamp>,
    /// Number of ended cases, by outcome.
    pub counts: Counts,
    /// Cost so far, in millionths of a US dollar.
    pub micro_usd: u64,
}

impl headgate_events::Versioned for RunHead {}

/// Status of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunStatus {
    /// Some cases have not ended yet.
    Running,
    /// The run ended and every case was graded.
    Completed,
    /// The run ended and only some cases were graded.
    Partial,
    /// The run ended and no case was graded.
    Failed,
    /// The request was not valid, and the run never started.
    Refused,
}

/// Number of ended cases, by outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Cases with a grade.
    pub graded: u32,
    /// Cases that ended without a grade.
    pub failed: u32,
    /// Cases that were never asked.
    pub skipped: u32,
}

impl Counts {
    /// Number of all ended cases.
    #[must_use]
    pub fn ended(&self) -> u32 {
        self.graded + self.failed + self.skipped
    }
}

impl RunHead {
    /// Number of cases of all candidates together.
    #[must_use]
    pub fn cases(&self) -> u32 {
        self.planned.saturating_mul(u32::try_from(self.candidates.len()).unwrap_or(u32::MAX))
    }

    /// Ends a run after its deadline. Cases that have not ended count as skipped.
    pub fn close(&mut self, now: Timestamp) -> RunEnd {
        self.counts.skipped += self.cases().saturating_sub(self.counts.ended());
        self.end(now)
    }

    fn end(&mut self, now: Timestamp) -> RunEnd {
        let (end, status) = match self.counts.graded {
            0 => (RunEnd::Failed, RunStatus::Failed),
            n if n == self.cases() => (RunEnd::Completed, RunStatus::Completed),
            _ => (RunEnd::Partial, RunStatus::Partial),
        };
        (self.status, self.ended_at) = (status, Some(now));
        end
    }

    /// Counts one ended case. If it was the last one, ends the run and returns how it ended.
    pub fn count(&mut self, result: &CaseResult, now: Timestamp) -> Option<RunEnd> {
        let Counts { graded, failed, skipped } = &mut self.counts;
        *match &result.result {
            CaseOutcome::Graded { .. } => graded,
            CaseOutcome::Failed { .. } => failed,
            CaseOutcome::Skipped { .. } => skipped,
        } += 1;
        self.micro_usd = self.micro_usd.saturating_add(result.usage.micro_usd);
        (self.counts.ended() >= self.cases()).then(|| self.end(now))
    }
}

/// The stored result of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CaseRecord {
    /// The result.
    #[serde(flatten)]
    pub result: CaseResult,
    /// Prompts and replies of the case.
    pub evidence: Option<Artifact>,
}

impl headgate_events::Versioned for CaseRecord {}

/// The remaining budget of a run. The maximum cost of a case is reserved before its first call, so all cases
/// together never cost more than the ceiling.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Budget {
    /// Neither spent nor reserved, in millionths of a US dollar.
    left: u64,
    /// Reserved amount by case, in millionths of a US dollar.
    held: BTreeMap<String, u64>,
}

impl headgate_events::Versioned for Budget {}

impl Budget {
    /// A full budget of `ceiling_micro_usd`.
    #[must_use]
    pub fn of(ceiling_micro_usd: u64) -> Self {
        Self { left: ceiling_micro_usd, held: BTreeMap::new() }
    }

    /// Reserves the maximum cost of a case. A second call for the same case reserves nothing more.
    #[must_use]
    pub fn hold(&mut self, case: &str, at_most: u64) -> Hold {
        if self.held.contains_key(case) {
            return Hold::Held;
        }
        if let Some(left) = self.left.checked_sub(at_most) {
            self.left = left;
            self.held.insert(case.to_owned(), at_most);
            return Hold::Held;
        }
        let aside: u64 = self.held.values().sum();
        if self.left + aside >= at_most { Hold::Later } else { Hold::Never }
    }

    /// Books the actual cost of a case and releases the rest of its reservation. Returns whether there was a
    /// reservation; a second call for the same case returns `false`.
    pub fn settle(&mut self, case: &str, spent: u64) -> bool {
        let Some(held) = self.held.remove(case) else { return false };
        self.left = self.left.saturating_add(held).saturating_sub(spent);
        true
    }

    /// The amount reserved for a case, in millionths of a US dollar.
    #[must_use]
    pub fn held(&self, case: &str) -> Option<u64> {
        self.held.get(case).copied()
    }
}

/// The result of a reservation: whether the case may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// The maximum cost is reserved, and the case may run.
    Held,
    /// There is not enough now, but there may be when other cases end and release part of their reservations.
    Later,
    /// There is not enough, even if all reservations are released.
    Never,
}

/// The totals of every candidate in a report, for a suite with `tasks` tasks. `reporter` returns who ran and
/// graded a candidate, if that was not the fleet.
#[must_use]
pub fn totals(
    report: &Report,
    results: &[CaseResult],
    tasks: u32,
    reporter: impl Fn(&str) -> Option<String>,
) -> Vec<CandidateTotals> {
    let each = report.candidates.iter().map(|c| {
        let ended = |wanted: fn(&CaseOutcome) -> bool| {
            let own = results.iter().filter(|r| r.case.candidate == c.candidate);
            u32::try_from(own.filter(|r| wanted(&r.result)).count()).unwrap_or(u32::MAX)
        };
        CandidateTotals {
            candidate: c.candidate.clone(),
            planned: c.planned,
            graded: c.graded,
            passed: c.passed,
            failed: ended(|r| matches!(r, CaseOutcome::Failed { .. })),
            skipped: ended(|r| matches!(r, CaseOutcome::Skipped { .. })),
            tasks,
            tasks_graded: u32::try_from(c.tasks.len()).unwrap_or(u32::MAX),
            solved: c.solved(),
            reported_by: reporter(&c.candidate),
        }
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::{Budget, Hold};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn never_more_is_spent_than_the_ceiling(
            ceiling in 0_u64..10_000,
            steps in prop::collection::vec((0_u8..20, 1_u64..900, 0_u64..=100, any::<bool>()), 1..200),
        ) {
            let mut budget = Budget::of(ceiling);
            let mut spent = 0;
            for (case, at_most, percent, hold) in steps {
                let case = case.to_string();
                if hold {
                    let known = budget.held(&case);
                    let could = budget.left + budget.held.values().sum::<u64>() >= at_most;
                    match budget.hold(&case, at_most) {
                        Hold::Held => prop_assert!(known.is_some() || could),
                        Hold::Later => prop_assert!(known.is_none() && could),
                        Hold::Never => prop_assert!(known.is_none() && !could),
                    }
                } else if let Some(held) = budget.held(&case) {
                    let cost = held * percent / 100;
                    prop_assert!(budget.settle(&case, cost));
                    prop_assert!(!budget.settle(&case, cost));
                    spent += cost;
                }
                let aside: u64 = budget.held.values().sum();
                prop_assert_eq!(budget.left + aside + spent, ceiling);
            }
        }
    }
}
