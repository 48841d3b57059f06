//! The report of a run: rates with limits, comparisons with conclusions, and missing cases.

mod candidate;
mod comparison;

use std::collections::BTreeMap;

use headgate_statistics::{Rule, StatsError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::case::CaseResult;
use headgate_events::evaluation::{CaseId, CaseOutcome, Skip};

pub use candidate::{CandidateReport, GraderReport, JudgeReport, TaskReport, Tries};
pub use comparison::{ComparisonReport, Conclusion};

/// The summary of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Every candidate, in the order of the request.
    pub candidates: Vec<CandidateReport>,
    /// Every other candidate compared with the baseline.
    pub comparisons: Vec<ComparisonReport>,
    /// Cases without a grade, by candidate and reason, most frequent first.
    pub missing: Vec<Missing>,
    /// Cost of all cases, in US dollars.
    pub usd: f64,
}

/// Cases of a candidate that have no grade for the same reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Missing {
    /// Name of the candidate.
    pub candidate: String,
    /// Code of the failure, or why the case was skipped; `pending` for cases that have not ended, and
    /// `unheard` for cases without a result when the run ended.
    pub code: String,
    /// Number of cases.
    pub cases: u32,
    /// The reason of the first of these cases.
    pub reason: String,
}

/// The input of a report.
#[derive(Debug, Clone)]
pub struct Run<'a> {
    /// Names of the candidates, in the order of the request.
    pub candidates: &'a [String],
    /// The candidate that the others are compared with.
    pub baseline: Option<&'a str>,
    /// Number of cases for each candidate.
    pub planned: u32,
    /// The suite's rule for comparisons.
    pub rule: Rule,
    /// Names of the judges (graders that ask a model).
    pub judges: &'a [String],
    /// The cases that have ended.
    pub results: &'a [CaseResult],
    /// Whether the run has ended, so that no more results are expected.
    pub over: bool,
    /// Results of the baseline from an earlier run, if the baseline is not a candidate of this run.
    pub before: &'a [CaseResult],
}

impl Report {
    /// Summarizes a run. The run may still be in progress.
    ///
    /// # Errors
    /// [`StatsError`] if the rule is not valid.
    pub fn of(run: &Run<'_>) -> Result<Self, StatsError> {
        let of = |c: &str| Cases::of(run.results.iter().filter(|r| r.case.candidate == c));
        let each = run.candidates.iter().map(|c| candidate::report(c, &of(c), run));
        Ok(Self {
            candidates: each.collect::<Result<_, _>>()?,
            comparisons: comparison::all(run)?,
            missing: missing(run),
            usd: crate::price::usd(run.results.iter().map(|r| r.usage.micro_usd).sum()),
        })
    }
}

/// Graded cases of one candidate, by task, paraphrase and repeat.
struct Cases<'a>(BTreeMap<&'a str, BTreeMap<u32, BTreeMap<u32, Graded<'a>>>>);

#[derive(Debug, Clone, Copy)]
struct Graded<'a> {
    score: f64,
    passed: bool,
    result: &'a CaseResult,
}

impl<'a> Cases<'a> {
    fn of(results: impl Iterator<Item = &'a CaseResult>) -> Self {
        let mut tasks: BTreeMap<_, BTreeMap<_, BTreeMap<_, _>>> = BTreeMap::new();
        for result in results {
            if let CaseOutcome::Graded { score, passed, .. } = result.result {
                let CaseId { task, paraphrase, repeat, .. } = &result.case;
                let graded = Graded { score, passed, result };
                let task = tasks.entry(task.as_str()).or_default();
                task.entry(*paraphrase).or_default().insert(*repeat, graded);
            }
        }
        Self(tasks)
    }

    fn all(&self) -> impl Iterator<Item = &Graded<'a>> {
        self.0.values().flat_map(|p| p.values()).flat_map(|r| r.values())
    }

    fn find(&self, case: &CaseId) -> Option<&Graded<'a>> {
        self.0.get(case.task.as_str())?.get(&case.paraphrase)?.get(&case.repeat)
    }
}

fn missing(run: &Run<'_>) -> Vec<Missing> {
    let mut found: BTreeMap<(usize, String), (u32, String)> = BTreeMap::new();
    for (place, candidate) in run.candidates.iter().enumerate() {
        let mut ended = 0;
        for result in run.results.iter().filter(|r| r.case.candidate == *candidate) {
            ended += 1;
            let (code, reason) = match &result.result {
                CaseOutcome::Graded { .. } => continue,
                CaseOutcome::Failed { code, reason } => (code.clone(), reason.clone()),
                CaseOutcome::Skipped { why } => said(*why),
            };
            found.entry((place, code)).or_insert((0, reason)).0 += 1;
        }
        if ended < run.planned {
            let (code, reason) = match run.over {
                true => ("unheard", "no result arrived before the run ended"),
                false => ("pending", "no result yet"),
            };
            found.insert((place, code.to_owned()), (run.planned - ended, reason.to_owned()));
        }
    }
    let mut missing: Vec<_> = found
        .into_iter()
        .filter_map(|((place, code), (cases, reason))| {
            let candidate = run.candidates.get(place)?.clone();
            Some(Missing { candidate, code, cases, reason })
        })
        .collect();
    missing.sort_by_key(|m| std::cmp::Reverse(m.cases));
    missing
}

fn said(why: Skip) -> (String, String) {
    let (code, reason) = match why {
        Skip::Ceiling => {
            ("ceiling", "its maximum cost was more than the remaining budget of the run")
        }
        Skip::Deadline => ("deadline", "the run's deadline had passed"),
        Skip::Cancelled => ("cancelled", "the run was stopped"),
    };
    (code.to_owned(), reason.to_owned())
}
