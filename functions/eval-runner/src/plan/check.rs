//! Validates a request for a run against the suite, the models and the limits.

use headgate_events::latest::EvalRequested;
use headgate_models::{ModelProvider, Models};
use headgate_suites::suite::{Check, Suite};
use headgate_suites::{Candidate, MAX_CASES, RunHead, RunStatus};

/// Maximum duration of a run, in minutes.
pub(crate) const MAX_MINUTES: u32 = 24 * 60;
/// Maximum number of repeats.
const MAX_REPEATS: u32 = 100;

/// Maximum number of candidates.
pub(super) const MAX_CANDIDATES: usize = 32;

/// A valid request.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Checked {
    /// Candidates whose cases the fleet runs; external models are left out.
    pub(super) ours: Vec<Candidate>,
    pub(super) repeats: u32,
}

/// Checks a request. On error, returns every reason to refuse it.
pub(super) fn check(
    request: &EvalRequested,
    suite: &Suite,
    models: &Models,
    max_usd: f64,
) -> Result<Checked, Vec<String>> {
    let mut reasons = Vec::new();
    let repeats = request.repeats.unwrap_or(suite.repeats);
    if !(1..=MAX_REPEATS).contains(&repeats) {
        reasons.push(format!("repeats must be 1 to {MAX_REPEATS}, not {repeats}"));
    }
    if !(1..=MAX_MINUTES).contains(&request.minutes) {
        reasons.push(format!("minutes must be 1 to {MAX_MINUTES}, not {}", request.minutes));
    }
    if !(request.ceiling_usd > 0.0 && request.ceiling_usd <= max_usd) {
        let ceiling = request.ceiling_usd;
        reasons.push(format!(
            "the ceiling must be above 0 and at most {max_usd} US dollars, not {ceiling}"
        ));
    }
    let cases = suite.prompts() * request.candidates.len() * usize::try_from(repeats).unwrap_or(0);
    if cases > MAX_CASES {
        reasons.push(format!(
            "the run has {cases} cases, and the limit is {MAX_CASES}; request fewer repeats"
        ));
    }
    baseline(request, &mut reasons);
    judges(suite, models, &mut reasons);
    let ours = candidates(request, suite, models, &mut reasons);
    if reasons.is_empty() { Ok(Checked { ours, repeats }) } else { Err(reasons) }
}

fn baseline(request: &EvalRequested, reasons: &mut Vec<String>) {
    match (&request.baseline, &request.baseline_run) {
        (None, Some(_)) => {
            reasons.push("a baseline run needs the name of a baseline; add it".to_owned());
        }
        (Some(name), None) if !request.candidates.contains(name) => {
            reasons.push(format!(
                "the baseline `{name}` is not a candidate; add it, or name an earlier run with its results"
            ));
        }
        _ => {}
    }
}

/// Every reason why the earlier run cannot supply the results of the baseline.
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
            "the baseline `{name}` is also a candidate of this run; remove it, or do not name the run {run}"
        ));
    }
    let Some(earlier) = earlier else {
        reasons.push(format!("there is no run {run} to compare with"));
        return reasons;
    };
    if matches!(earlier.status, RunStatus::Running | RunStatus::Refused) {
        reasons.push(format!("the run {run} has no results: it is still running, or was refused"));
    }
    if !earlier.candidates.contains(name) {
        reasons.push(format!("`{name}` was not a candidate of the run {run}"));
    }
    if earlier.digest != suite.digest {
        reasons.push(format!(
            "the run {run} used another version of {}; only runs of the same version can be compared",
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
            let reason = format!("the judge `{model}` is not a model that this deployment calls");
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
        reasons.push("there are no candidates; name at least one".to_owned());
    }
    if request.candidates.len() > MAX_CANDIDATES {
        let count = request.candidates.len();
        reasons.push(format!("there are {count} candidates; the limit is {MAX_CANDIDATES}"));
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
            reasons.push(format!("`{name}` has a verifier, but the suite has no verifier prompt"));
        }
        let known: Vec<_> = models.names().collect();
        for model in candidate.models().filter(|m| models.get(m).is_none()) {
            reasons
                .push(format!("there is no model `{model}`; the models are {}", known.join(", ")));
        }
        let called = candidate.models().all(|m| is_called(models, m));
        if pair && !called && candidate.models().all(|m| models.get(m).is_some()) {
            reasons.push(format!("`{name}`: an external model cannot be part of a pair"));
        }
        if called {
            ours.push(candidate);
        }
    }
    ours
}
