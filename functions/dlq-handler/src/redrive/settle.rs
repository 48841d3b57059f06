//! How a message of a run ended, written down in its run.

use headgate_events::Outgoing;
use headgate_events::latest::{MessageRedriven, RedriveEnded};
use headgate_flow::{Emit, Flow, Handled, Once};
use headgate_ledger::Transition;

use crate::entry::{Entry, RunRef, State};
use crate::group::{Arrival, Group};
use crate::quarantine::TIMELINE;

/// Adds to a transition that a run takes note of how its message ended; and that it stopped, if that
/// stops it. Nothing, if the entry is part of no run that still is its group's.
pub(crate) async fn settle(
    flow: &Flow,
    run: Option<&RunRef>,
    entry: &Entry,
    arrival: impl Fn(&Group) -> Arrival,
    transition: Transition,
) -> Result<Transition, Handled> {
    let Some(run) = run else { return Ok(transition) };
    let key = Group::key(&run.fingerprint);
    let Some(found) = flow.ledger.get::<Group>(&key).await? else { return Ok(transition) };
    let mut group = found.value;
    let arrival = arrival(&group);
    let Some(current) = group.run.as_mut().filter(|r| r.run_id == run.run_id) else {
        return Ok(transition);
    };
    let stopped = current.settle(&entry.quarantine_id, &arrival, (flow.clock)());
    let out = if stopped { ended(flow, &group)? } else { None };
    let transition = transition.put(&key, &group, Some(found.version), Some(&group.listing()))?;
    Ok(match out {
        Some(out) => transition.publishing(out),
        None => transition,
    })
}

/// A consumer says that it has processed a message. Returns the run that it was part of.
pub(super) async fn processed(
    flow: &Flow,
    (sender, event_id): (&str, &str),
    said: &MessageRedriven,
) -> Result<(Once, Option<RunRef>), Handled> {
    let key = Entry::key(&said.quarantine_id);
    let Some(known) = flow.ledger.get::<Entry>(&key).await? else {
        return Err(Handled::poison("message_unknown", "no such message is in quarantine"));
    };
    let consumer = known.value.consumer;
    if sender != format!("headgate.{consumer}") {
        return Err(Handled::poison(
            "sender_not_believed",
            format!("only `{consumer}` can say that it has processed this, not `{sender}`"),
        ));
    }
    let once = flow
        .once(&format!("{sender}#{event_id}"), async || {
            let Some(stored) = flow.ledger.get::<Entry>(&key).await? else {
                return Ok::<_, Handled>(Transition::new());
            };
            // Late news of an earlier redrive, or of what was given up meanwhile.
            if stored.value.redrives != said.redrive || !stored.value.state.is_open() {
                return Ok(Transition::new());
            }
            let closed_at = Some((flow.clock)());
            let entry = Entry { state: State::Processed, closed_at, ..stored.value };
            let listing = entry.listing();
            let put = Transition::new().put(&key, &entry, Some(stored.version), Some(&listing))?;
            settle(flow, entry.run.as_ref(), &entry, |_| Arrival::Processed, put).await
        })
        .await?;
    let run = flow.ledger.get::<Entry>(&key).await?.and_then(|s| s.value.run);
    Ok((once, run))
}

/// The event that says how a run ended, once it has.
pub(super) fn ended(flow: &Flow, group: &Group) -> Result<Option<Outgoing>, Handled> {
    let Some(run) = &group.run else { return Ok(None) };
    let Some(outcome) = run.outcome() else { return Ok(None) };
    let said = RedriveEnded {
        run_id: run.run_id.clone(),
        fingerprint: group.fingerprint.clone(),
        outcome,
        reason: run.stopped_because.clone(),
        sent: run.sent,
        processed: run.processed,
        returned: run.returned,
    };
    let emit = Emit::new(flow.function, (flow.clock)(), TIMELINE).by(run.requested_by.clone());
    Ok(Some(emit.event((&group.fingerprint, 0), &run.run_id, said)?))
}
