//! Candidates against the baseline, case by case.

use std::collections::BTreeMap;

use headgate_stats::{
    Comparison, Judgement, StatsError, flip_rate, judge, paired_bootstrap, sign_test,
};
use serde::{Deserialize, Serialize};

use super::{Cases, Graded, Limits, Run};

/// Resamples of the bootstrap, and gates of the A/A check; both are drawn from a fixed seed, so that the same
/// results are the same report.
const RESAMPLES: usize = 2_000;
const GATES: u32 = 500;
const SEED: u64 = 20_260_101;

/// What a comparison comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Significantly worse, by more than matters.
    Regressed,
    /// Significantly better, by more than matters.
    Improved,
    /// There is no room for a drop that matters.
    NoWorse,
    /// Neither can be said.
    Underpowered,
    /// There is nothing to compare: fewer than two tasks have pairs.
    Incomparable,
}

/// A candidate against the baseline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ComparisonReport {
    /// Who.
    pub candidate: String,
    /// Against whom.
    pub baseline: String,
    /// What it comes to.
    pub verdict: Verdict,
    /// For `underpowered`: how many more repeats would decide. Nothing if hardly any number would: then it takes
    /// more tasks.
    pub more_repeats: Option<u64>,
    /// Cases that both were graded in.
    pub pairs: u64,
    /// Cases that only one of them was graded in, or none; they say nothing.
    pub unpaired: u64,
    /// Pairs that only the baseline passed.
    pub lost: u64,
    /// Pairs that only the candidate passed.
    pub won: u64,
    /// Pass rate less that of the baseline; the lower limit holds with a confidence of 1 - alpha.
    pub difference: Option<Limits>,
    /// McNemar's exact p-value.
    pub p: Option<f64>,
    /// After Holm's correction for all comparisons of the run.
    pub adjusted_p: Option<f64>,
    /// Mean score less that of the baseline, by a bootstrap over tasks.
    pub score_difference: Option<Limits>,
    /// Exact sign test over the tasks' mean scores.
    pub score_p: Option<f64>,
    /// The A/A check: how often the baseline against itself, with as many repeats, is told to differ.
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
    // Holm's correction is over those that can be judged.
    let judged: Vec<Comparison> =
        paired.iter().filter(|(_, p)| p.tasks() > 1).map(|(_, p)| p.passes.clone()).collect();
    let mut judgements = judge(&judged, run.rule)?.into_iter();
    let report = |(candidate, pairs): (&String, Paired)| {
        let judgement = (pairs.tasks() > 1).then(|| judgements.next()).flatten();
        let counts = pairs.passes.pairs();
        let (verdict, more_repeats) = verdict(judgement.as_ref());
        let bootstrap = paired_bootstrap(&pairs.scores, 0.95, RESAMPLES, SEED);
        let means: Vec<f64> = pairs.scores.iter().filter_map(|t| mean(t)).collect();
        Ok(ComparisonReport {
            candidate: candidate.clone(),
            baseline: baseline.to_owned(),
            verdict,
            more_repeats,
            pairs: counts.total(),
            unpaired: u64::from(run.planned).saturating_sub(counts.total()),
            lost: counts.only_baseline,
            won: counts.only_candidate,
            difference: judgement.map(|j| j.difference.into()),
            p: judgement.map(|j| j.p),
            adjusted_p: judgement.map(|j| j.adjusted),
            score_difference: bootstrap.ok().map(Into::into),
            score_p: judgement.map(|_| sign_test(&means)).transpose()?,
            flip_rate: judgement.and(flips),
        })
    };
    paired.into_iter().map(report).collect()
}

fn verdict(judgement: Option<&Judgement>) -> (Verdict, Option<u64>) {
    match judgement.map(|j| j.verdict) {
        None => (Verdict::Incomparable, None),
        Some(headgate_stats::Verdict::Regressed) => (Verdict::Regressed, None),
        Some(headgate_stats::Verdict::Improved) => (Verdict::Improved, None),
        Some(headgate_stats::Verdict::NoWorse) => (Verdict::NoWorse, None),
        Some(headgate_stats::Verdict::Underpowered { more_repeats }) => {
            (Verdict::Underpowered, more_repeats)
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
    flip_rate(&tasks, run.rule, GATES, SEED).map(Some)
}

fn mean(values: &[f64]) -> Option<f64> {
    let n = u32::try_from(values.len()).ok().filter(|n| *n > 0)?;
    Some(values.iter().sum::<f64>() / f64::from(n))
}

/// Cases that both were graded in.
struct Paired {
    passes: Comparison,
    /// Differences of scores, by task.
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

    /// Tasks with pairs.
    fn tasks(&self) -> usize {
        self.scores.iter().filter(|t| !t.is_empty()).count()
    }
}
