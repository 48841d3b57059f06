//! A run as it is kept: what was asked for, how far it is, what it may still spend.

use std::collections::BTreeMap;

use headgate_events::Artifact;
use headgate_events::evaluation::CaseOutcome;
use headgate_events::latest::{CandidateTotals, RunEnd};
use headgate_statistics::Rule;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::case::CaseResult;
use crate::report::Report;

/// A run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunHead {
    /// Its id.
    pub run_id: String,
    /// How far it is.
    pub status: RunStatus,
    /// Why it was refused, if it was: every reason.
    #[serde(default)]
    pub reasons: Vec<String>,
    /// The suite, packed.
    pub artifact: Artifact,
    /// Name of the suite; empty where it could not be read.
    pub suite: String,
    /// SHA-256 of its files: its version.
    pub digest: String,
    /// Family of tasks.
    pub family: String,
    /// How many tasks it has.
    pub tasks: u32,
    /// Who is asked.
    pub candidates: Vec<String>,
    /// Whom the others are compared with.
    pub baseline: Option<String>,
    /// Run that the baseline's results are taken from.
    pub baseline_run: Option<String>,
    /// How often each prompt is asked.
    pub repeats: u32,
    /// Cases of one candidate.
    pub planned: u32,
    /// When a difference is one: the suite's.
    pub rule: Rule,
    /// Graders of the suite that ask a model.
    pub judges: Vec<String>,
    /// The most that it may cost, in millionths of a US dollar.
    pub ceiling_micro_usd: u64,
    /// When it is too late to begin a case.
    pub deadline: Timestamp,
    /// Who wanted it.
    pub requested_by: String,
    /// Event that asked for it.
    pub request_id: String,
    /// When it was planned.
    pub created_at: Timestamp,
    /// When its last case ended.
    pub ended_at: Option<Timestamp>,
    /// Cases that ended, by how.
    pub counts: Counts,
    /// Cost so far.
    pub micro_usd: u64,
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunStatus {
    /// Cases are still on their way.
    Running,
    /// Every case was graded.
    Completed,
    /// Some were.
    Partial,
    /// None was.
    Failed,
    /// It was not begun.
    Refused,
}

/// Cases that ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// With a grade.
    pub graded: u32,
    /// Without.
    pub failed: u32,
    /// Not asked.
    pub skipped: u32,
}

impl Counts {
    /// All.
    #[must_use]
    pub fn ended(&self) -> u32 {
        self.graded + self.failed + self.skipped
    }
}

impl RunHead {
    /// All cases of all candidates.
    #[must_use]
    pub fn cases(&self) -> u32 {
        self.planned.saturating_mul(u32::try_from(self.candidates.len()).unwrap_or(u32::MAX))
    }

    /// Ends a run whose time is over: what has not ended by now was not asked, or nobody says how it went.
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

    /// Counts one case. Returns how the run ended, if that was its last.
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

/// A case as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseRecord {
    /// How it ended.
    #[serde(flatten)]
    pub result: CaseResult,
    /// What was asked and answered.
    pub evidence: Option<Artifact>,
}

/// What a run may still spend. What a case may cost at the most is put aside before its first call, so that all
/// cases together never cost more than the ceiling.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// Neither spent nor put aside, in millionths of a US dollar.
    left: u64,
    /// Put aside, by case.
    held: BTreeMap<String, u64>,
}

impl Budget {
    /// A budget of that much.
    #[must_use]
    pub fn of(ceiling_micro_usd: u64) -> Self {
        Self { left: ceiling_micro_usd, held: BTreeMap::new() }
    }

    /// Puts aside what a case may cost. Whoever asks twice gets it once.
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

    /// Takes what a case has cost from what was put aside for it, and gives back the rest. Returns whether
    /// anything was put aside: a second time it is not.
    pub fn settle(&mut self, case: &str, spent: u64) -> bool {
        let Some(held) = self.held.remove(case) else { return false };
        self.left = self.left.saturating_add(held).saturating_sub(spent);
        true
    }

    /// What is put aside for a case.
    #[must_use]
    pub fn held(&self, case: &str) -> Option<u64> {
        self.held.get(case).copied()
    }
}

/// Whether a case may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// What it may cost is put aside.
    Held,
    /// There may be enough when others, who have more put aside than they will cost, have ended.
    Later,
    /// There is not enough left.
    Never,
}

/// What every candidate of a report did, counted, in a suite of so many tasks; and who ran it, if not the fleet.
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
