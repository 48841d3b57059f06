//! What is asked for, held against what there is.

use headgate_events::latest::EvalRequested;
use headgate_models::{ModelProvider, Models};
use headgate_suites::suite::{Check, Suite};
use headgate_suites::{Candidate, MAX_CASES, RunHead, RunStatus};

/// Longest run, in minutes.
pub(crate) const MAX_MINUTES: u32 = 24 * 60;
/// Most repeats.
const MAX_REPEATS: u32 = 100;

/// Most candidates.
pub(super) const MAX_CANDIDATES: usize = 32;

/// A request that can be run.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Checked {
    /// Candidates whose cases are run here.
    pub(super) ours: Vec<Candidate>,
    pub(super) repeats: u32,
}

/// Everything that keeps a request from being run.
pub(super) fn check(
    request: &EvalRequested,
    suite: &Suite,
    models: &Models,
    max_usd: f64,
) -> Result<Checked, Vec<String>> {
    let mut reasons = Vec::new();
    let repeats = request.repeats.unwrap_or(suite.repeats);
    if !(1..=MAX_REPEATS).contains(&repeats) {
        reasons.push(format!("repeats are 1 to {MAX_REPEATS}, not {repeats}"));
    }
    if !(1..=MAX_MINUTES).contains(&request.minutes) {
        reasons.push(format!("a run takes 1 to {MAX_MINUTES} minutes, not {}", request.minutes));
    }
    if !(request.ceiling_usd > 0.0 && request.ceiling_usd <= max_usd) {
        let ceiling = request.ceiling_usd;
        reasons.push(format!("the ceiling is up to {max_usd} US dollars here, not {ceiling}"));
    }
    let cases = suite.prompts() * request.candidates.len() * usize::try_from(repeats).unwrap_or(0);
    if cases > MAX_CASES {
        reasons.push(format!("{cases} cases are more than {MAX_CASES}; ask for fewer repeats"));
    }
    baseline(request, &mut reasons);
    judges(suite, models, &mut reasons);
    let ours = candidates(request, suite, models, &mut reasons);
    if reasons.is_empty() { Ok(Checked { ours, repeats }) } else { Err(reasons) }
}

fn baseline(request: &EvalRequested, reasons: &mut Vec<String>) {
    match (&request.baseline, &request.baseline_run) {
        (None, Some(_)) => {
            reasons.push("a run to compare with needs the baseline's name".to_owned());
        }
        (Some(name), None) if !request.candidates.contains(name) => {
            reasons.push(format!(
                "the baseline `{name}` is no candidate; add it, or name the run that has its results"
            ));
        }
        _ => {}
    }
}

/// Everything that keeps the results of an earlier run from being the baseline's.
pub(super) fn comparable(
    request: &EvalRequested,
    earlier: Option<&RunHead>,
    suite: &Suite,
) -> Vec<String> {
    let (Some(name), Some(run)) = (&request.baseline, &request.baseline_run) else {
        return Vec::new();
    };
    let mut reasons = Vec::new();
    if request.candidates.contains(name) {
        reasons.push(format!(
            "the baseline `{name}` is asked in this run; leave it out, or leave out the run {run}"
        ));
    }
    let Some(earlier) = earlier else {
        reasons.push(format!("there is no run {run} to compare with"));
        return reasons;
    };
    if matches!(earlier.status, RunStatus::Running | RunStatus::Refused) {
        reasons.push(format!("the run {run} has no results: it goes on, or was refused"));
    }
    if !earlier.candidates.contains(name) {
        reasons.push(format!("the run {run} has not asked `{name}`"));
    }
    if earlier.digest != suite.digest {
        reasons.push(format!(
            "the run {run} has asked another version of {}; only the same one can be compared",
            suite.name
        ));
    }
    reasons
}

fn judges(suite: &Suite, models: &Models, reasons: &mut Vec<String>) {
    for grader in suite.tasks.iter().flat_map(|t| &t.graders) {
        if let Check::Judge { model, .. } = &grader.check
            && !is_called(models, model)
        {
            let reason = format!("the judge `{model}` is no model that is called here");
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
    }
}

fn is_called(models: &Models, name: &str) -> bool {
    models.get(name).is_some_and(|m| !matches!(m.served_by, ModelProvider::External { .. }))
}

fn candidates(
    request: &EvalRequested,
    suite: &Suite,
    models: &Models,
    reasons: &mut Vec<String>,
) -> Vec<Candidate> {
    let mut ours = Vec::new();
    if request.candidates.is_empty() {
        reasons.push("there is no candidate".to_owned());
    }
    if request.candidates.len() > MAX_CANDIDATES {
        let count = request.candidates.len();
        reasons.push(format!("{count} candidates are more than {MAX_CANDIDATES}"));
        return ours;
    }
    for (i, name) in request.candidates.iter().enumerate() {
        if request.candidates.iter().take(i).any(|other| other == name) {
            reasons.push(format!("`{name}` is named twice"));
            continue;
        }
        let candidate: Candidate = match name.parse() {
            Ok(candidate) => candidate,
            Err(error) => {
                reasons.push(format!("{error}"));
                continue;
            }
        };
        let pair = matches!(candidate, Candidate::Pair { .. });
        if pair && suite.verifier.is_none() {
            reasons.push(format!("`{name}` has a verifier, and the suite has no prompt for it"));
        }
        let known: Vec<_> = models.names().collect();
        for model in candidate.models().filter(|m| models.get(m).is_none()) {
            reasons.push(format!("there is no model `{model}`; there are {}", known.join(", ")));
        }
        let called = candidate.models().all(|m| is_called(models, m));
        if pair && !called && candidate.models().all(|m| models.get(m).is_some()) {
            reasons.push(format!("`{name}`: a model that is run elsewhere is no part of a pair"));
        }
        if called {
            ours.push(candidate);
        }
    }
    ours
}
