//! One case, asked and graded under a fenced lease: a call is paid for once.

mod ask;
mod cost;
mod evidence;
mod slot;

use std::time::Duration;

use headgate_artifacts::Artifacts;
use headgate_clients::Secrets;
use headgate_events::latest::{EvalCaseCompleted, EvalCaseRequested};
use headgate_events::{Artifact, Event};
use headgate_lease::{Lease, LeaseError, LeaseOutcome, LeaseRequest, Leases, OnTimeout, RunError};
use headgate_ledger::{Key, LedgerError, Stored, Transition};
use headgate_models::{Caller, Models};
use headgate_outbox::{Emit, Flow, FlowError, Handled, Once};
use headgate_suites::{Budget, CaseOutcome, Skip, Usage};
use serde::{Deserialize, Serialize};

use crate::suites::{Suites, SuitesError};

/// What `eval-runner-case` works with.
#[derive(Clone)]
pub struct Runner {
    /// Table of runs, bus, clock.
    pub flow: Flow,
    /// One lease for each case.
    pub leases: Leases,
    /// Suites.
    pub suites: Suites,
    /// Where evidence goes.
    pub artifacts: Artifacts,
    /// Models of the deployment.
    pub models: Models,
    /// Calls them.
    pub caller: Caller,
    /// Where their keys are.
    pub secrets: Secrets,
}

/// How a case ended: what its lease keeps, so that every further delivery says the same.
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

/// Nothing was paid for yet, and the case can be tried again.
#[derive(Debug, thiserror::Error)]
enum Again {
    #[error("the suite cannot be read")]
    Suite(#[from] SuitesError),
    #[error("the table of runs failed")]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Flow(#[from] FlowError),
    /// The case is somebody else's by now, or could not be made ours.
    #[error(transparent)]
    Lease(#[from] LeaseError),
    #[error("the key of model `{model}` cannot be read")]
    Secret {
        model: String,
        #[source]
        problem: headgate_clients::SecretError,
    },
    /// Not an error: somebody else's turn.
    #[error("the model is used as much as it may be")]
    Full,
}

/// Runs a case, or says again how it ended.
///
/// ```text
/// crash before the first call     after its lease the next delivery runs the case
/// crash after it                  after its lease the case is reported as failed (`abandoned`): a call that may
///                                 have been paid for is not repeated
/// crash after the completion      the next delivery reports what was saved
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
    let key = format!("eval/{run}/{case}");
    let payload = format!("{} {case}", event.data.suite.sha256);
    let request = LeaseRequest::new(&key, payload.as_bytes(), remaining)
        .on_timeout(OnTimeout::QuarantineOnceBegun);
    let until = tokio::time::Instant::now() + remaining;
    let effect = async |held: &Lease| {
        let ended = ask::case(runner, event, (&request, held), until).await;
        if matches!(ended, Err(Again::Full)) {
            // What was put aside for it is for others meanwhile. While the lease is held: whoever comes next puts
            // something aside as well.
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
        Err(error) => return Err(error.into()),
    };
    // In this order: until the report is out, the budget knows what an abandoned case may have cost.
    let spent = ended.usage.micro_usd;
    report(runner, event, ended).await?;
    settle(&runner.flow, run, &case.to_string(), spent).await?;
    Ok(Once::Processed)
}

/// Puts the request at the end of the queue: a model that is busy is no reason to become a dead letter.
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

/// What was put aside for it counts as spent: nobody knows better.
async fn abandoned(
    runner: &Runner,
    run: &str,
    case: &headgate_suites::CaseId,
) -> Result<Ended, Handled> {
    let budget = runner.flow.ledger.get::<Budget>(&Key::budget(run)).await?;
    let held = budget.and_then(|b| b.value.held(&case.to_string()));
    let mut ended = Ended::failed(
        "abandoned",
        "its runner died, and a call that may have been paid for is not repeated",
    );
    ended.usage.micro_usd = held.unwrap_or_default();
    Ok(ended)
}

/// Takes the case's cost from the budget, once.
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
    runner.flow.bus.publish(&[completed]).await?;
    Ok(())
}
