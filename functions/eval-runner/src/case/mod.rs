//! Runs and grades one case under a fenced lease, so that no call is billed twice.

mod ask;
mod cost;
mod slot;

use std::time::Duration;

use headgate_artifacts::Artifacts;
use headgate_clients::Secrets;
use headgate_events::latest::{EvalCaseCompleted, EvalCaseRequested};
use headgate_events::{Artifact, Event, Versioned};
use headgate_lease::{Lease, LeaseError, LeaseOutcome, LeaseRequest, Leases, OnTimeout, RunError};
use headgate_ledger::{Key, LedgerError, Stored, Transition};
use headgate_models::{Caller, Models};
use headgate_outbox::{Emit, Flow, FlowError, Handled, Once};
use headgate_suites::{Budget, CaseOutcome, RunStatus, Skip, Usage};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::suites::{Suites, SuitesError};

/// The dependencies of `eval-runner-case`.
#[derive(Clone)]
pub struct Runner {
    /// Runs table, bus and clock.
    pub flow: Flow,
    /// Leases, one per case.
    pub leases: Leases,
    /// Cache of suites.
    pub suites: Suites,
    /// Store for evidence.
    pub artifacts: Artifacts,
    /// Models of the deployment.
    pub models: Models,
    /// Calls the models.
    pub caller: Caller,
    /// API keys of the models.
    pub secrets: Secrets,
}

/// How a case ended. The lease saves it, so that every further delivery reports the same result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Ended {
    result: CaseOutcome,
    usage: Usage,
    cut: bool,
    evidence: Option<Artifact>,
}

impl Ended {
    fn failed(code: &str, reason: impl Into<String>) -> Self {
        Self::without_answer(CaseOutcome::Failed { code: code.to_owned(), reason: reason.into() })
    }

    fn skipped(why: Skip) -> Self {
        Self::without_answer(CaseOutcome::Skipped { why })
    }

    fn without_answer(result: CaseOutcome) -> Self {
        Self { result, usage: Usage::default(), cut: false, evidence: None }
    }
}

/// What is needed here of a stored run.
#[derive(Serialize, Deserialize)]
struct Planned {
    artifact: Artifact,
    candidates: Vec<String>,
    repeats: u32,
    deadline: Timestamp,
    status: RunStatus,
}

impl Planned {
    fn has(&self, EvalCaseRequested { case, suite, .. }: &EvalCaseRequested) -> bool {
        self.status != RunStatus::Refused
            && self.artifact == *suite
            && self.candidates.contains(&case.candidate)
            && case.repeat < self.repeats
    }
}

impl Versioned for Planned {}

/// Nothing was billed yet, and the case can be tried again.
#[derive(Debug, thiserror::Error)]
enum Again {
    #[error("the suite cannot be read")]
    Suite(#[from] SuitesError),
    #[error("the runs table cannot be read or written")]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Flow(#[from] FlowError),
    /// Another runner has taken the case, or the lease could not be acquired.
    #[error(transparent)]
    Lease(#[from] LeaseError),
    #[error("the key of model `{model}` cannot be read")]
    Secret {
        model: String,
        #[source]
        problem: headgate_clients::SecretError,
    },
    /// Not an error: other cases use the model or hold the budget, or too little time is left.
    #[error("the limits of the model or the run are reached")]
    Full,
}

/// Runs a case, or reports again how it ended.
///
/// ```text
/// crash before the first call     when the lease has expired, the next delivery runs the case
/// crash after it                  when the lease has expired, the next delivery reports the case as failed
///                                 (`abandoned`): a call that may have been billed is not repeated
/// crash after the completion      the next delivery reports the saved result
/// ```
///
/// # Errors
/// [`Handled`].
pub async fn run(
    runner: &Runner,
    event: &Event<EvalCaseRequested>,
    remaining: Duration,
) -> Result<Once, Handled> {
    let (run, case) = (event.subject.as_str(), &event.data.case);
    // Requests are published in large numbers, without an outbox, so a request only says which case. With a suite of its own, a made-up
    // one could have a model graded on easier tasks.
    let planned = runner.flow.ledger.get::<Planned>(&Key::run(run)).await?;
    let planned = planned.map(|planned| planned.value).filter(|planned| planned.has(&event.data));
    let Some(Planned { deadline, .. }) = planned else {
        return Err(Handled::poison("case_unknown", "no run has planned this case of this suite"));
    };
    let key = format!("eval/{run}/{case}");
    let payload = format!("{} {case}", event.data.suite.sha256);
    let request = LeaseRequest::new(&key, payload.as_bytes(), remaining)
        .on_timeout(OnTimeout::QuarantineOnceBegun);
    let until = tokio::time::Instant::now() + remaining;
    let effect = async |held: &Lease| {
        let ended = ask::case(runner, (event, deadline), (&request, held), until).await;
        if matches!(ended, Err(Again::Full)) {
            // Release the reservation for other cases. Do it while the lease is held, because the next runner
            // of this case makes its own reservation.
            settle(&runner.flow, run, &case.to_string(), 0).await?;
        }
        ended
    };
    let ran = runner.leases.run(&request, effect).await;
    let ended = match ran {
        Ok(LeaseOutcome::Done(ended) | LeaseOutcome::AlreadyDone(ended)) => ended,
        Ok(LeaseOutcome::Busy { until }) => return Err(runner.flow.busy(until)),
        Err(RunError::Effect(Again::Full)) => return later(runner, event).await,
        Err(RunError::Lease(LeaseError::Abandoned { .. })) => abandoned(runner, run, case).await?,
        Err(RunError::Effect(Again::Suite(error))) => return Err(error.handled()),
        Err(error) => return Err(error.into()),
    };
    // Report first, then settle: an abandoned case takes its cost from the reservation.
    let spent = ended.usage.micro_usd;
    report(runner, event, ended).await?;
    settle(&runner.flow, run, &case.to_string(), spent).await?;
    Ok(Once::Processed)
}

/// Puts the request at the end of the queue, because a busy model must not turn the request into a dead
/// letter.
async fn later(runner: &Runner, event: &Event<EvalCaseRequested>) -> Result<Once, Handled> {
    let emit = emit(runner, event);
    let name = event.data.case.to_string();
    let again = emit.event((&event.subject, 0), &name, event.data.clone())?;
    runner.flow.bus.publish(&[again]).await?;
    Ok(Once::Processed)
}

fn emit(runner: &Runner, event: &Event<EvalCaseRequested>) -> Emit {
    let flow = &runner.flow;
    Emit::new(flow.function, (flow.clock)(), &event.correlationid)
        .caused_by(&event.id, event.traceparent.clone())
}

/// The result of an abandoned case. Its real cost is unknown, so the reserved amount counts as spent.
async fn abandoned(
    runner: &Runner,
    run: &str,
    case: &headgate_suites::CaseId,
) -> Result<Ended, Handled> {
    let budget = runner.flow.ledger.get::<Budget>(&Key::budget(run)).await?;
    let held = budget.and_then(|b| b.value.held(&case.to_string()));
    let mut ended = Ended::failed(
        "abandoned",
        "its runner died; a call that may have been billed is not repeated",
    );
    ended.usage.micro_usd = held.unwrap_or_default();
    Ok(ended)
}

/// Books the cost of the case in the budget and releases its reservation. Does so once.
async fn settle(flow: &Flow, run: &str, case: &str, micro_usd: u64) -> Result<(), Again> {
    flow.commit(async || {
        let key = Key::budget(run);
        let mut transition = Transition::new();
        if let Some(Stored { value: mut budget, version }) = flow.ledger.get::<Budget>(&key).await?
            && budget.settle(case, micro_usd)
        {
            transition = transition.put(&key, &budget, Some(version), None)?;
        }
        Ok::<_, Again>(transition)
    })
    .await
    .map(|_| ())
}

async fn report(
    runner: &Runner,
    event: &Event<EvalCaseRequested>,
    ended: Ended,
) -> Result<(), Handled> {
    let Ended { result, usage, cut, evidence } = ended;
    let case = event.data.case.clone();
    let name = case.to_string();
    let data = EvalCaseCompleted { case, result, usage, cut, evidence };
    let completed = emit(runner, event).event((&event.subject, 0), &name, data)?;
    let flow = &runner.flow;
    let marker = Key::marker(flow.function.as_str(), &completed.id);
    let reported = Transition::new().publishing(completed).marked(marker, (flow.clock)());
    flow.apply(&reported).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use headgate_events::Versioned as _;

    /// A new version of the run must be read here, too.
    #[test]
    fn a_run_is_read_in_the_version_in_which_it_is_written() {
        assert_eq!(super::Planned::VERSION, headgate_suites::RunHead::VERSION);
    }
}
