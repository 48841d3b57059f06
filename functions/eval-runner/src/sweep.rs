//! Ends overdue runs with the results they have. Without it, a run would never end if a case is not reported,
//! is in quarantine, or its request is lost. The schedule starts it every few minutes.

use std::time::Duration;

use headgate_events::Event;
use headgate_events::latest::EvalSweepRequested;
use headgate_ledger::{Key, Listing, Stored, Transition};
use headgate_outbox::{Handled, Once};
use headgate_suites::{CaseRecord, RunHead, RunStatus};
use jiff::{SignedDuration, Timestamp};

use crate::collect::completed;
use crate::plan::{MAX_MINUTES, Planner};

/// Source of the schedule. Only the fleet's roles may use it.
const SCHEDULE: &str = "headgate.schedule";
/// Number of runs per query.
const PAGE: i32 = 50;

/// Ends the runs whose deadline, plus the maximum duration of a case, has passed.
///
/// # Errors
/// [`Handled`]; poison if the sender is not the schedule.
pub async fn sweep(
    planner: &Planner,
    sender: &str,
    event: &Event<EvalSweepRequested>,
) -> Result<Once, Handled> {
    if sender != SCHEDULE {
        let why = format!("only {SCHEDULE} may request a sweep, not {sender}");
        return Err(Handled::poison("sender_not_trusted", why));
    }
    let now = (planner.flow.clock)();
    let (mut after, mut failed) = (None, None);
    loop {
        let page = planner.flow.ledger.runs::<RunHead>(PAGE, after).await?;
        for Stored { value: head, .. } in &page.items {
            // If one run cannot be ended now, continue with the others.
            if overdue(head, planner.case_timeout, now) {
                failed = end(planner, event, &head.run_id, now).await.err().or(failed);
            }
        }
        // Runs are listed newest first. Stop at runs that are too old to be still running.
        let longest = SignedDuration::from_mins(2 * i64::from(MAX_MINUTES));
        let old = |head: &RunHead| now.duration_since(head.created_at) > longest;
        after = page.next.filter(|_| !page.items.last().is_some_and(|last| old(&last.value)));
        if after.is_none() {
            return failed.map_or(Ok(Once::Processed), Err);
        }
    }
}

fn overdue(head: &RunHead, case_timeout: Duration, now: Timestamp) -> bool {
    let grace = SignedDuration::try_from(case_timeout).unwrap_or(SignedDuration::from_mins(15));
    let end = head.deadline.saturating_add(grace).unwrap_or(head.deadline);
    head.status == RunStatus::Running && now > end
}

async fn end(
    planner: &Planner,
    event: &Event<EvalSweepRequested>,
    run: &str,
    now: Timestamp,
) -> Result<(), Handled> {
    let flow = &planner.flow;
    let key = Key::run(run);
    let marker = format!("{}/{run}", event.id);
    let ended = flow.once(&marker, async || {
        let found = flow.ledger.get::<RunHead>(&key).await?;
        // The list is eventually consistent: the run may have ended by now.
        let Some(Stored { value: mut head, version }) =
            found.filter(|f| f.value.status == RunStatus::Running)
        else {
            return Ok(Transition::new());
        };
        let cases: Vec<Stored<CaseRecord>> = flow.ledger.all_cases(run).await?;
        let results: Vec<_> = cases.into_iter().map(|c| c.value.result).collect();
        let end = head.close(now);
        let out = completed(planner, &head, &results, end, event)?;
        let listing = Listing::run(head.created_at, run);
        tracing::warn!(run, missing = head.counts.skipped, "ended because its deadline has passed");
        Ok(Transition::new().put(&key, &head, Some(version), Some(&listing))?.publishing(out))
    });
    ended.await.map(|_| ())
}
