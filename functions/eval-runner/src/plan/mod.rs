//! Plans a run: turns a request into a run and one event per case.

mod check;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use futures::future::try_join_all;
use headgate_artifacts::Folder;
use headgate_domain::ids::is_valid;
use headgate_domain::text::one_line;
use headgate_events::evaluation::ENGAGEMENT;
use headgate_events::latest::{EvalCaseRequested, EvalRequested};
use headgate_events::{Event, Outgoing};
use headgate_ledger::{Commit, Key, Listing, Transition};
use headgate_models::Models;
use headgate_outbox::{Emit, Flow, Handled, Once, Sources};
use headgate_runtime::telemetry::chain;
use headgate_statistics::Rule;
use headgate_suites::suite::Suite;
use headgate_suites::{Budget, Counts, RunHead, RunStatus, cases};
use jiff::{SignedDuration, Timestamp};

use crate::suites::{Requester, Suites};
pub(crate) use check::MAX_MINUTES;
use check::{Checked, MAX_CANDIDATES, check, comparable};

/// Source of requests that came over HTTP.
const API: &str = "headgate.intake-api";
/// Maximum number of reasons that are kept for a refusal, and the maximum length of each in bytes.
const MAX_REASONS: usize = 50;
const MAX_REASON: usize = 1_000;
/// Number of events in one call to the bus.
const ENTRIES: usize = 10;
/// Number of concurrent calls to the bus. Ten thousand cases need a thousand calls.
const AT_ONCE: usize = 16;

/// The dependencies and limits of `eval-runner-plan`.
#[derive(Debug, Clone)]
pub struct Planner {
    /// Runs table, bus and clock.
    pub flow: Flow,
    /// Cache of suites.
    pub suites: Suites,
    /// Models of the deployment.
    pub models: Models,
    /// Maximum ceiling of a run, in US dollars.
    pub max_usd: f64,
    /// Maximum duration of one case.
    pub case_timeout: Duration,
    /// Sources that may request runs.
    pub requesters: Sources,
}

/// Plans a run: first its head and budget, then its cases. After a crash, the next delivery repeats all
/// steps. It keeps the existing head, and a case that is requested twice runs once.
///
/// # Errors
/// [`Handled`].
pub async fn plan(
    planner: &Planner,
    sender: &str,
    event: &Event<EvalRequested>,
) -> Result<Once, Handled> {
    let flow = &planner.flow;
    if !planner.requesters.trusts(sender) {
        let why = format!("{sender} may not request evaluations; add it to `senders.evaluations`");
        return Err(Handled::poison("requester_forbidden", why));
    }
    if !is_valid(&event.subject) {
        return Err(Handled::poison(
            "run_id_malformed",
            "a run's id must be 1 to 64 characters: a-z, 0-9 and -, not starting with -",
        ));
    }
    let request_id = format!("{sender}#{}", event.id);
    flow.once(&request_id, async || {
        let now = (flow.clock)();
        let (mut head, ours) = planned(planner, &requester(sender, event), event, now).await?;
        head.request_id.clone_from(&request_id);
        // The API has verified the actor. For other senders, use the source that the bus has verified.
        if sender != API {
            sender.clone_into(&mut head.requested_by);
        }
        let head = begun(flow, head).await?;
        if head.request_id != request_id {
            return Err(Handled::poison("run_exists", "a run with this id exists; use another id"));
        }
        if let (RunStatus::Running, Some((suite, checked))) = (head.status, ours) {
            let cases = requests(flow, event, &suite, &checked, &head, now)?;
            for wave in cases.chunks(AT_ONCE * ENTRIES) {
                let calls = wave.chunks(ENTRIES).map(|entries| flow.bus.publish(entries));
                try_join_all(calls).await?;
            }
        }
        Ok(Transition::new())
    })
    .await
}

/// Writes the head and the budget unless they exist. Returns the stored head.
async fn begun(flow: &Flow, head: RunHead) -> Result<RunHead, Handled> {
    let key = Key::run(&head.run_id);
    let listing = Listing::run(head.created_at, &head.run_id);
    let transition = Transition::new()
        .put(&key, &head, None, Some(&listing))?
        .create(&Key::budget(&head.run_id), &Budget::of(head.ceiling_micro_usd))?;
    if flow.apply(&transition).await? == Commit::Applied {
        return Ok(head);
    }
    let known = flow.ledger.get::<RunHead>(&key).await?;
    Ok(known.map_or(head, |known| known.value))
}

/// Whose suites the request may name.
fn requester(sender: &str, event: &Event<EvalRequested>) -> Requester {
    match sender {
        API => Requester::Uploader(Folder::of(&event.actor())),
        other if other.starts_with("headgate.") => Requester::Schedule,
        other => Requester::Uploader(match other.strip_prefix("agent.") {
            Some(agent) => Folder::agent(&agent.into()),
            None => Folder::sender(other),
        }),
    }
}

/// The head of the run, with the suite and the checked request; `None` if the run is refused.
async fn planned(
    planner: &Planner,
    requester: &Requester,
    event: &Event<EvalRequested>,
    now: Timestamp,
) -> Result<(RunHead, Option<(Arc<Suite>, Checked)>), Handled> {
    let mut head = head(event, now);
    if !planner.suites.may_name(requester, &event.data.suite) {
        let message = format!(
            "{} is not an upload of the requester with this digest; upload the suite with `POST /v1/artifacts` in your own name, or with AWS credentials to your folder",
            event.data.suite.uri
        );
        return Ok((refused(head, vec![message]), None));
    }
    let suite = match planner.suites.get(&event.data.suite).await {
        Ok(suite) => suite,
        Err(error) if error.is_theirs() => return Ok((refused(head, vec![chain(&error)]), None)),
        Err(error) => return Err(error.into()),
    };
    head.suite.clone_from(&suite.name);
    head.digest.clone_from(&suite.digest);
    head.family.clone_from(&suite.family);
    head.tasks = u32::try_from(suite.tasks.len()).unwrap_or(u32::MAX);
    head.planned = u32::try_from(suite.prompts()).unwrap_or(u32::MAX);
    head.rule = suite.rule;
    head.judges = suite.judges();
    let earlier = match &event.data.baseline_run {
        Some(run) => planner.flow.ledger.get::<RunHead>(&Key::run(run)).await?,
        None => None,
    };
    let mut reasons = comparable(&event.data, earlier.map(|e| e.value).as_ref(), &suite);
    let checked = match check(&event.data, &suite, &planner.models, planner.max_usd) {
        Ok(checked) if reasons.is_empty() => checked,
        Ok(_) => return Ok((refused(head, reasons), None)),
        Err(others) => {
            reasons.extend(others);
            return Ok((refused(head, reasons), None));
        }
    };
    head.repeats = checked.repeats;
    head.planned = head.planned.saturating_mul(checked.repeats);
    Ok((head, Some((suite, checked))))
}

fn head(event: &Event<EvalRequested>, now: Timestamp) -> RunHead {
    let request = &event.data;
    let minutes = SignedDuration::from_mins(i64::from(request.minutes));
    RunHead {
        run_id: event.subject.clone(),
        status: RunStatus::Running,
        reasons: Vec::new(),
        artifact: request.suite.clone(),
        suite: String::new(),
        digest: String::new(),
        family: String::new(),
        tasks: 0,
        candidates: request.candidates.clone(),
        baseline: request.baseline.clone(),
        baseline_run: request.baseline_run.clone(),
        repeats: request.repeats.unwrap_or_default(),
        planned: 0,
        rule: Rule::default(),
        judges: Vec::new(),
        ceiling_micro_usd: micro(request.ceiling_usd),
        deadline: now.saturating_add(minutes).unwrap_or(now),
        requested_by: event.actor().id.to_string(),
        request_id: String::new(),
        created_at: now,
        ended_at: None,
        counts: Counts::default(),
        micro_usd: 0,
    }
}

/// Converts US dollars to millionths; negative amounts and NaN give 0.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn micro(usd: f64) -> u64 {
    (usd * 1e6).max(0.0) as u64
}

fn refused(mut head: RunHead, reasons: Vec<String>) -> RunHead {
    head.status = RunStatus::Refused;
    head.reasons = reasons.iter().take(MAX_REASONS).map(|r| one_line(r, MAX_REASON)).collect();
    head.candidates.truncate(MAX_CANDIDATES);
    head.candidates.iter_mut().for_each(|c| *c = one_line(c, MAX_REASON));
    head.ended_at = Some(head.created_at);
    head
}

fn requests(
    flow: &Flow,
    event: &Event<EvalRequested>,
    suite: &Suite,
    checked: &Checked,
    head: &RunHead,
    now: Timestamp,
) -> Result<Vec<Outgoing>, Handled> {
    let emit = Emit::new(flow.function, now, &ENGAGEMENT.into())
        .caused_by(&event.id, event.traceparent.clone());
    let request = |case: headgate_suites::CaseId| {
        let name = case.to_string();
        let data =
            EvalCaseRequested { case, suite: head.artifact.clone(), deadline: head.deadline };
        emit.event((&head.run_id, 0), &name, data)
    };
    cases(suite, &checked.ours, checked.repeats).map(|c| Ok(request(c)?)).collect()
}
