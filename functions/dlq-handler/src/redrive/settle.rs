//! Settles messages of a run: records in the run how each message ended.

use headgate_events::latest::{MessageRedriven, RedriveEnded};
use headgate_events::{Event, Outgoing};
use headgate_ledger::{Key, Listing, Transition};
use headgate_outbox::{Emit, Flow, Handled, Once};

use crate::timeline::TIMELINE;
use headgate_domain::quarantine::{Arrival, Group};
use headgate_domain::quarantine::{Entry, RunRef, State};

/// Adds to a transition that a message of a run ended, and the event `redrive.ended` if that stops the run.
/// Adds nothing if the entry belongs to no run, or if its run is no longer the current one of its group.
pub(crate) async fn settle(
    flow: &Flow,
    run: Option<&RunRef>,
    entry: &Entry,
    arrival: impl Fn(&Group) -> Arrival,
    transition: Transition,
) -> Result<Transition, Handled> {
    let Some(run) = run else { return Ok(transition) };
    let key = Key::quarantine_group(&run.fingerprint);
    let Some(found) = flow.ledger.get::<Group>(&key).await? else { return Ok(transition) };
    let mut group = found.value;
    let arrival = arrival(&group);
    let Some(current) = group.run.as_mut().filter(|r| r.run_id == run.run_id) else {
        return Ok(transition);
    };
    let stopped = current.settle(&entry.quarantine_id, &arrival, (flow.clock)());
    let out = if stopped { ended(flow, &group)? } else { None };
    let transition = transition.put(
        &key,
        &group,
        Some(found.version),
        Some(&Listing::quarantine_group(&group)),
    )?;
    Ok(match out {
        Some(out) => transition.publishing(out),
        None => transition,
    })
}

/// Records that a consumer has processed a message. Returns the run that the message was part of.
pub(super) async fn processed(
    flow: &Flow,
    sender: &str,
    event: &Event<MessageRedriven>,
) -> Result<(Once, Option<RunRef>), Handled> {
    let (event_id, said) = (&event.id, &event.data);
    let key = Key::quarantined(&said.quarantine_id);
    let Some(known) = flow.ledger.get::<Entry>(&key).await? else {
        return Err(Handled::poison("message_unknown", "the quarantine has no such message"));
    };
    let Entry { consumer, redrives, event_id: of, .. } = known.value;
    // Somebody who can send to the consumer's queue can mark any message as redriven: then the receipt is for another event, or for a redrive
    // that has not begun. It must leave no marker, because the real one has the same id.
    if said.redrive > redrives || (of.is_some() && event.causationid != of) {
        return Err(Handled::poison(
            "receipt_mismatch",
            "this message was not redriven, or not yet",
        ));
    }
    if sender != format!("headgate.{consumer}") {
        return Err(Handled::poison(
            "sender_not_trusted",
            format!("only `{consumer}` may report this message as processed, not `{sender}`"),
        ));
    }
    let once = flow
        .once(&format!("{sender}#{event_id}"), async || {
            let Some(stored) = flow.ledger.get::<Entry>(&key).await? else {
                return Ok::<_, Handled>(Transition::new());
            };
            // Ignore a late event: the message has been redriven, processed or discarded since.
            if stored.value.redrives != said.redrive || !stored.value.state.is_open() {
                return Ok(Transition::new());
            }
            let closed_at = Some((flow.clock)());
            let entry = Entry { state: State::Processed, closed_at, ..stored.value };
            let listing = Listing::quarantined(&entry);
            let put = Transition::new().put(&key, &entry, Some(stored.version), Some(&listing))?;
            settle(flow, entry.run.as_ref(), &entry, |_| Arrival::Processed, put).await
        })
        .await?;
    let run = flow.ledger.get::<Entry>(&key).await?.and_then(|s| s.value.run);
    Ok((once, run))
}

/// The event `redrive.ended`, if the run has ended.
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
    let emit =
        Emit::new(flow.function, (flow.clock)(), &TIMELINE.into()).by(run.requested_by.clone());
    Ok(Some(emit.event((&group.fingerprint, 0), &run.run_id, said)?))
}
