//! Counts ended cases. The last case ends the run.

use headgate_events::evaluation::ENGAGEMENT;
use headgate_events::latest::{EvalCaseCompleted, EvalRunCompleted, RunEnd};
use headgate_events::{Event, Outgoing};
use headgate_ledger::{Key, Listing, Stored, Transition};
use headgate_models::{ModelProvider, Models};
use headgate_outbox::{Emit, Handled, Once};
use headgate_suites::report::{Report, Run};
use headgate_suites::suite::Suite;
use headgate_suites::{Candidate, CaseRecord, CaseResult, RunHead, RunStatus, totals};

use crate::plan::Planner;
use crate::reported;
use crate::suites::SuitesError;

/// Source on the bus of the cases that the fleet runs.
const RUNNER: &str = "headgate.eval-runner-case";

/// Counts one case.
///
/// # Errors
/// [`Handled`]; poison if the run has no such case, or the sender may not report it.
pub async fn collect(
    planner: &Planner,
    sender: &str,
    event: &Event<EvalCaseCompleted>,
) -> Result<Once, Handled> {
    let Planner { flow, suites, models, .. } = planner;
    flow.once(&format!("{sender}#{}", event.id), async || {
        let (ledger, run) = (&flow.ledger, event.subject.as_str());
        let now = (flow.clock)();
        let EvalCaseCompleted { case, result, usage, cut, evidence } = event.data.clone();
        let result = CaseResult { case, result, usage, cut };
        let Some(Stored { value: mut head, version }) =
            ledger.get::<RunHead>(&Key::run(run)).await?
        else {
            return Err(Handled::poison("run_unknown", "the run of this case does not exist"));
        };
        if head.status == RunStatus::Refused {
            return Err(Handled::poison("run_refused", "the run of this case was refused"));
        }
        let suite = suites.get(&head.artifact).await.map_err(SuitesError::handled)?;
        expected(&head, &suite, models, sender, &result)?;
        let evidence = if sender == RUNNER {
            evidence
        } else {
            reported::plausible(&result)?;
            None // evidence is shown to users, and a reporter could name any artifact
        };
        if head.ended_at.is_some() {
            tracing::info!(case = %result.case, "ignored: the run has already ended");
            return Ok(Transition::new());
        }
        let key = Key::case(run, &result.case);
        if ledger.get::<CaseRecord>(&key).await?.is_some() {
            tracing::info!(case = %result.case, "ignored: the case was already counted");
            return Ok(Transition::new());
        }
        let listing = Listing::run(head.created_at, run);
        let end = head.count(&result, now);
        let record = CaseRecord { result, evidence };
        let mut transition = Transition::new().create(&key, &record)?.put(
            &Key::run(run),
            &head,
            Some(version),
            Some(&listing),
        )?;
        if let Some(end) = end {
            let before: Vec<Stored<CaseRecord>> = ledger.all_cases(run).await?;
            let mut results: Vec<_> = before.into_iter().map(|c| c.value.result).collect();
            results.push(record.result);
            transition = transition.publishing(completed(planner, &head, &results, end, event)?);
        }
        Ok(transition)
    })
    .await
}

/// Checks that the case belongs to the run, and that the sender may report it.
fn expected(
    head: &RunHead,
    suite: &Suite,
    models: &Models,
    sender: &str,
    result: &CaseResult,
) -> Result<(), Handled> {
    let case = &result.case;
    let prompts = suite.task(&case.task).map_or(0, |t| t.prompts.len());
    let known = head.candidates.contains(&case.candidate)
        && usize::try_from(case.paraphrase).is_ok_and(|p| p < prompts)
        && case.repeat < head.repeats;
    if !known {
        return Err(Handled::poison("case_unknown", format!("the run has no case {case}")));
    }
    let reporter = reporter(models, &case.candidate).unwrap_or_else(|| RUNNER.to_owned());
    if sender != reporter {
        let why = format!("cases of {} must come from {reporter}, not {sender}", case.candidate);
        return Err(Handled::poison("reporter_forbidden", why));
    }
    Ok(())
}

/// The source that runs and grades a candidate; `None` if the fleet does.
fn reporter(models: &Models, candidate: &str) -> Option<String> {
    let Ok(Candidate::Model(model)) = candidate.parse() else { return None };
    match &models.get(&model)?.served_by {
        ModelProvider::External { reporter } => Some(reporter.clone()),
        ModelProvider::Bedrock { .. } | ModelProvider::Openai { .. } => None,
    }
}

/// The event that reports the end of a run. Its cause is the last case, or the sweep after the deadline.
pub(crate) fn completed<T>(
    Planner { flow, models, .. }: &Planner,
    head: &RunHead,
    results: &[CaseResult],
    outcome: RunEnd,
    cause: &Event<T>,
) -> Result<Outgoing, Handled> {
    let run = Run {
        candidates: &head.candidates,
        baseline: None,
        planned: head.planned,
        rule: head.rule,
        judges: &head.judges,
        results,
        over: true,
        before: &[],
    };
    let data = EvalRunCompleted {
        suite: head.suite.clone(),
        family: head.family.clone(),
        digest: head.digest.clone(),
        outcome,
        candidates: totals(&Report::of(&run)?, results, head.tasks, |c| reporter(models, c)),
        micro_usd: head.micro_usd,
    };
    let emit = Emit::new(flow.function, (flow.clock)(), &ENGAGEMENT.into())
        .caused_by(&cause.id, cause.traceparent.clone());
    Ok(emit.event((&head.run_id, 0), "", data)?)
}
