//! Compares candidates with the baseline, case by case.

use std::collections::BTreeMap;

use headgate_statistics::{
    Assessment, Comparison, Interval, StatsError, flip_rate, judge, paired_bootstrap, sign_test,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Cases, Graded, Run};

/// Number of bootstrap resamples, and of simulated comparisons in the A/A check. Both use a fixed seed, so
/// the same results always give the same report.
const RESAMPLES: usize = 2_000;
const FLIPS: u32 = 500;
const SEED: u64 = 20_260_101;

/// The conclusion of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Conclusion {
    /// Significantly worse, by more than the minimum difference.
    Regressed,
    /// Significantly better, by more than the minimum difference.
    Improved,
    /// The limits exclude a drop of the minimum difference or more.
    NoWorse,
    /// Too few pairs to conclude any of the above.
    Underpowered,
    /// Nothing to compare: fewer than two tasks have pairs.
    Incomparable,
}

/// The comparison of a candidate with the baseline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ComparisonReport {
    /// Name of the candidate.
    pub candidate: String,
    /// Name of the baseline.
    pub baseline: String,
    /// The conclusion.
    pub conclusion: Conclusion,
    /// For `underpowered`: the number of further repeats that would decide. `None` if no reasonable number
    /// would; then the suite needs more tasks.
    pub more_repeats: Option<u64>,
    /// Number of cases with a grade for both.
    pub pairs: u64,
    /// Number of cases with a grade for only one of them, or for neither. These cases are not used.
    pub unpaired: u64,
    /// Number of pairs that only the baseline passed.
    pub lost: u64,
    /// Number of pairs that only the candidate passed.
    pub won: u64,
    /// Pass rate minus that of the baseline; the lower limit holds with a confidence of 1 - alpha.
    pub difference: Option<Interval>,
    /// McNemar's exact p-value.
    pub p: Option<f64>,
    /// The p-value after Holm's correction for all comparisons of the run.
    pub adjusted_p: Option<f64>,
    /// Mean score minus that of the baseline, with limits from a bootstrap over tasks.
    pub score_difference: Option<Interval>,
    /// p-value of the exact sign test over the tasks' mean score differences.
    pub score_p: Option<f64>,
    /// The A/A check: how often the baseline, compared with itself at the same number of repeats, appears to
    /// differ.
    pub flip_rate: Option<f64>,
}

pub(super) fn all(run: &Run<'_>) -> Result<Vec<ComparisonReport>, StatsError> {
    let Some(baseline) = run.baseline else { return Ok(Vec::new()) };
    let theirs = run.results.iter().chain(run.before).filter(|r| r.case.candidate == baseline);
    let theirs = Cases::of(theirs);
    let flips = flips(&theirs, run)?;
    let others = run.candidates.iter().filter(|c| c.as_str() != baseline);
    let paired: Vec<_> = others
        .map(|candidate| {
            let own = run.results.iter().filter(|r| r.case.candidate == *candidate);
            (candidate, Paired::of(&theirs, &Cases::of(own)))
        })
        .collect();
    // Holm's correction covers only the comparisons that can be judged.
    let judged: Vec<Comparison> =
        paired.iter().filter(|(_, p)| p.tasks() > 1).map(|(_, p)| p.passes.clone()).collect();
    let mut assessments = judge(&judged, run.rule)?.into_iter();
    let report = |(candidate, pairs): (&String, Paired)| {
        let assessment = (pairs.tasks() > 1).then(|| assessments.next()).flatten();
        let counts = pairs.passes.pairs();
        let (conclusion, more_repeats) = conclusion(assessment.as_ref());
        let bootstrap = paired_bootstrap(&pairs.scores, 0.95, RESAMPLES, SEED);
        let means: Vec<f64> = pairs.scores.iter().filter_map(|t| mean(t)).collect();
        Ok(ComparisonReport {
            candidate: candidate.clone(),
            baseline: baseline.to_owned(),
            conclusion,
            more_repeats,
            pairs: counts.total(),
            unpaired: u64::from(run.planned).saturating_sub(counts.total()),
            lost: counts.only_baseline,
            won: counts.only_candidate,
            difference: assessment.map(|j| j.difference),
            p: assessment.map(|j| j.p),
            adjusted_p: assessment.map(|j| j.adjusted),
            score_difference: bootstrap.ok(),
            score_p: assessment.map(|_| sign_test(&means)).transpose()?,
            flip_rate: assessment.and(flips),
        })
    };
    paired.into_iter().map(report).collect()
}

fn conclusion(assessment: Option<&Assessment>) -> (Conclusion, Option<u64>) {
    match assessment.map(|j| j.conclusion) {
        None => (Conclusion::Incomparable, None),
        Some(headgate_statistics::Conclusion::Regressed) => (Conclusion::Regressed, None),
        Some(headgate_statistics::Conclusion::Improved) => (Conclusion::Improved, None),
        Some(headgate_statistics::Conclusion::NoWorse) => (Conclusion::NoWorse, None),
        Some(headgate_statistics::Conclusion::Underpowered { more_repeats }) => {
            (Conclusion::Underpowered, more_repeats)
        }
    }
}

fn flips(baseline: &Cases<'_>, run: &Run<'_>) -> Result<Option<f64>, StatsError> {
    let passed = |r: &BTreeMap<u32, Graded<'_>>| r.values().map(|g| g.passed).collect();
    let tasks: Vec<Vec<Vec<bool>>> =
        baseline.0.values().map(|p| p.values().map(passed).collect()).collect();
    if tasks.len() < 2 {
        return Ok(None);
    }
    flip_rate(&tasks, run.rule, FLIPS, SEED).map(Some)
}

fn mean(values: &[f64]) -> Option<f64> {
    let n = u32::try_from(values.len()).ok().filter(|n| *n > 0)?;
    Some(values.iter().sum::<f64>() / f64::from(n))
}

/// Cases in which both candidate and baseline have a grade.
struct Paired {
    passes: Comparison,
    /// Score differences, by task.
    scores: Vec<Vec<f64>>,
}

impl Paired {
    fn of(baseline: &Cases<'_>, candidate: &Cases<'_>) -> Self {
        let (mut passes, mut scores) = (Comparison::default(), Vec::new());
        for paraphrases in candidate.0.values() {
            let mut of_task = Vec::new();
            let cases = paraphrases.values().map(|repeats| {
                let pair = |own: &Graded<'_>| {
                    let theirs = baseline.find(&own.result.case)?;
                    of_task.push(own.score - theirs.score);
                    Some((theirs.passed, own.passed))
                };
                repeats.values().filter_map(pair).collect()
            });
            passes.tasks.push(cases.collect());
            scores.push(of_task);
        }
        Self { passes, scores }
    }

    /// Number of tasks with pairs.
    fn tasks(&self) -> usize {
        self.scores.iter().filter(|t| !t.is_empty()).count()
    }
}
