//! The report of one candidate.

use headgate_statistics::{
    Interval, StatsError, clustered_mean, cohens_kappa, pass_at_k, pass_hat_k, quantile,
    sensitivity, wilson,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Cases, Graded, Run};
use crate::price::usd;
use headgate_events::evaluation::{CaseOutcome, Grade};

/// Confidence level of all intervals.
const LEVEL: f64 = 0.95;

/// The results of one candidate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CandidateReport {
    /// Name of the candidate.
    pub candidate: String,
    /// Number of planned cases.
    pub planned: u32,
    /// Number of graded cases.
    pub graded: u32,
    /// Number of graded cases that passed.
    pub passed: u32,
    /// Share of graded cases that passed. The limits are the wider of two: clustered by task, and Wilson's,
    /// as if all cases were independent. `None` with fewer than two graded tasks.
    pub pass_rate: Option<Interval>,
    /// Mean score, with limits clustered by task. `None` with fewer than two graded tasks.
    pub score: Option<Interval>,
    /// Chances of passing in several tries. The number of tries is the smallest that any prompt has.
    pub tries: Option<Tries>,
    /// Mean pass rate of the tasks' worst paraphrases.
    pub worst_paraphrase: Option<f64>,
    /// Results by task.
    pub tasks: Vec<TaskReport>,
    /// Results by grader.
    pub graders: Vec<GraderReport>,
    /// Agreement of each judge with all mechanical graders together.
    pub judges: Vec<JudgeReport>,
    /// Number of model calls.
    pub calls: u32,
    /// Total cost, in US dollars.
    pub usd: f64,
    /// Total cost divided by the number of passed cases, in US dollars; `None` if no case passed.
    pub usd_per_pass: Option<f64>,
    /// Median duration of a graded case, in seconds.
    pub seconds_p50: Option<f64>,
    /// 95th percentile of the duration of a graded case, in seconds.
    pub seconds_p95: Option<f64>,
    /// Number of cases with a reply that was cut.
    pub cut: u32,
}

/// The chances of passing in `k` tries.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tries {
    /// Number of tries.
    pub k: u64,
    /// Chance that at least one try passes: mean of pass@k over the prompts.
    pub at_least_one: f64,
    /// Chance that all tries pass: mean of pass^k over the prompts.
    pub all: f64,
}

/// The results of a candidate in one task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TaskReport {
    /// Name of the task.
    pub task: String,
    /// Number of graded cases.
    pub graded: u32,
    /// Number of graded cases that passed.
    pub passed: u32,
    /// Passed and graded cases of the worst paraphrase, which counts for standing.
    #[schemars(with = "[u32; 2]")]
    pub worst: (u32, u32),
    /// Pass rate of the best paraphrase minus that of the worst.
    pub spread: f64,
}

/// How often a candidate's answers passed a grader.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GraderReport {
    /// Name of the grader.
    pub grader: String,
    /// Number of cases that it graded.
    pub graded: u32,
    /// Number of cases that passed this grader.
    pub passed: u32,
}

/// How reliable a judge is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct JudgeReport {
    /// Name of the judge.
    pub judge: String,
    /// Cohen's kappa: 1 if it always agrees with the mechanical graders, 0 if it agrees only by chance.
    pub kappa: f64,
}

pub(super) fn report(
    candidate: &str,
    cases: &Cases<'_>,
    run: &Run<'_>,
) -> Result<CandidateReport, StatsError> {
    let own = || run.results.iter().filter(|r| r.case.candidate == candidate);
    let (graded, passed) = (count(cases.all()), count(cases.all().filter(|g| g.passed)));
    let micro = own().map(|r| r.usage.micro_usd).sum();
    let by_task = |value: fn(&Graded<'_>) -> f64| -> Vec<Vec<f64>> {
        let task = |p: &super::BTreeMap<_, super::BTreeMap<u32, Graded<'_>>>| {
            p.values().flat_map(|r| r.values()).map(value).collect()
        };
        cases.0.values().map(task).collect()
    };
    let clustered = |values: &[Vec<f64>]| match clustered_mean(values, LEVEL) {
        Ok(interval) => Ok(Some(interval)),
        Err(StatsError::Clusters(_)) => Ok(None),
        Err(error) => Err(error),
    };
    let pass_rate = match clustered(&by_task(|g| f64::from(u8::from(g.passed))))? {
        Some(interval) => Some(interval.wider(wilson(passed.into(), graded.into(), LEVEL)?)),
        None => None,
    };
    let tasks = tasks(cases);
    let worst = tasks.iter().map(|t| ratio(t.worst.0, t.worst.1)).sum::<f64>();
    let mut seconds: Vec<f64> = cases.all().map(|g| g.result.usage.seconds).collect();
    seconds.sort_by(f64::total_cmp);
    Ok(CandidateReport {
        candidate: candidate.to_owned(),
        planned: run.planned,
        graded,
        passed,
        pass_rate: pass_rate.map(share),
        score: clustered(&by_task(|g| g.score))?.map(share),
        tries: tries(cases)?,
        worst_paraphrase: (!tasks.is_empty()).then(|| worst / float(tasks.len())),
        tasks,
        graders: graders(cases),
        judges: judges(cases, run.judges)?,
        calls: own().map(|r| r.usage.calls).sum(),
        usd: usd(micro),
        usd_per_pass: (passed > 0).then(|| usd(micro) / f64::from(passed)),
        seconds_p50: quantile(&seconds, 0.5),
        seconds_p95: quantile(&seconds, 0.95),
        cut: count(own().filter(|r| r.cut)),
    })
}

/// Clamps the limits of a rate to 0 and 1. The formula for means can return limits outside this range.
fn share(interval: Interval) -> Interval {
    let within = |limit: f64| limit.clamp(0.0, 1.0);
    let Interval { estimate, lower, upper } = interval;
    Interval { estimate, lower: within(lower), upper: within(upper) }
}

impl CandidateReport {
    /// Sum of the tasks' pass rates in their worst wordings.
    #[must_use]
    pub fn solved(&self) -> f64 {
        self.tasks.iter().map(|t| ratio(t.worst.0, t.worst.1)).sum()
    }
}

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

fn float(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

fn ratio(part: u32, whole: u32) -> f64 {
    f64::from(part) / f64::from(whole.max(1))
}

fn tasks(cases: &Cases<'_>) -> Vec<TaskReport> {
    let each = cases.0.iter().filter_map(|(task, paraphrases)| {
        let rates: Vec<(u32, u32)> = paraphrases
            .values()
            .map(|r| (count(r.values().filter(|g| g.passed)), count(r.values())))
            .collect();
        let wide: Vec<_> = rates.iter().map(|(p, n)| (u64::from(*p), u64::from(*n))).collect();
        // If several wordings are equally bad, take the one with the most cases.
        let worst = rates
            .iter()
            .min_by(|a, b| ratio(a.0, a.1).total_cmp(&ratio(b.0, b.1)).then(b.1.cmp(&a.1)))?;
        Some(TaskReport {
            task: (*task).to_owned(),
            graded: rates.iter().map(|(_, n)| n).sum(),
            passed: rates.iter().map(|(p, _)| p).sum(),
            worst: *worst,
            spread: sensitivity(&wide)?.spread,
        })
    });
    each.collect()
}

/// Uses the smallest number of tries that any prompt has.
fn tries(cases: &Cases<'_>) -> Result<Option<Tries>, StatsError> {
    let prompts: Vec<(u64, u64)> = cases
        .0
        .values()
        .flat_map(|p| p.values())
        .map(|r| (count(r.values().filter(|g| g.passed)).into(), r.len() as u64))
        .collect();
    let Some(k) = prompts.iter().map(|(_, n)| *n).min() else { return Ok(None) };
    let mean = |of: fn(u64, u64, u64) -> Result<f64, StatsError>| -> Result<f64, StatsError> {
        let sum: f64 = prompts.iter().map(|(c, n)| of(*c, *n, k)).sum::<Result<_, _>>()?;
        Ok(sum / float(prompts.len()))
    };
    Ok(Some(Tries { k, at_least_one: mean(pass_at_k)?, all: mean(pass_hat_k)? }))
}

fn graders(cases: &Cases<'_>) -> Vec<GraderReport> {
    let mut found: super::BTreeMap<&str, (u32, u32)> = super::BTreeMap::new();
    for grade in cases.all().flat_map(grades) {
        let (graded, passed) = found.entry(&grade.grader).or_default();
        *graded += 1;
        *passed += u32::from(grade.passed);
    }
    let report = |(grader, (graded, passed)): (&str, (u32, u32))| GraderReport {
        grader: grader.to_owned(),
        graded,
        passed,
    };
    found.into_iter().map(report).collect()
}

fn grades<'a>(graded: &Graded<'a>) -> &'a [Grade] {
    match &graded.result.result {
        CaseOutcome::Graded { grades, .. } => grades,
        _ => &[],
    }
}

fn judges(cases: &Cases<'_>, judges: &[String]) -> Result<Vec<JudgeReport>, StatsError> {
    let mut reports = Vec::new();
    for judge in judges {
        let (mut said, mut mechanical) = (Vec::new(), Vec::new());
        for all in cases.all().map(grades) {
            let Some(own) = all.iter().find(|g| g.grader == *judge) else { continue };
            said.push(own.passed);
            mechanical.push(all.iter().filter(|g| !judges.contains(&g.grader)).all(|g| g.passed));
        }
        if !said.is_empty() {
            let kappa = cohens_kappa(&said, &mechanical)?;
            reports.push(JudgeReport { judge: judge.clone(), kappa });
        }
    }
    Ok(reports)
}
