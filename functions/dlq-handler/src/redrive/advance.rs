//! The next step of a run.

use headgate_events::Outgoing;
use headgate_events::latest::{MessageRedriven, RedriveEnded, RedriveOutcome};
use headgate_flow::{Attempts, Emit, Flow, Handled, Mark};
use headgate_ledger::{Commit, Key, Order, Stored, Transition};

use super::Redriver;
use crate::entry::{Entry, RunRef, State};
use crate::group::{Group, RunState};
use crate::quarantine::{TIMELINE, emit};

/// Entries that are looked at in one query.
const PAGE: i32 = 100;

/// Sends the next step of a run, if the last has settled; or ends it, if nothing is left. With `again`,
/// what is on its way is sent once more: whoever committed that step may have died before it was sent,
/// and a second copy is a duplicate like any other.
pub(super) async fn advance(
    redriver: &Redriver,
    fingerprint: &str,
    run_id: &str,
    again: bool,
) -> Result<(), Handled> {
    let flow = &redriver.flow;
    let key = Group::key(fingerprint);
    let current = async || -> Result<Option<Stored<Group>>, Handled> {
        let found = flow.ledger.get::<Group>(&key).await?;
        Ok(found.filter(|g| {
            let run = g.value.run.as_ref();
            run.is_some_and(|r| r.run_id == run_id && r.state == RunState::Running)
        }))
    };
    let Some(found) = current().await? else { return Ok(()) };
    let on_their_way = in_flight(&found.value);
    if !on_their_way.is_empty() {
        return if again { send(redriver, &found.value, &on_their_way).await } else { Ok(()) };
    }
    let mut attempts = Attempts::default();
    loop {
        let Some(found) = current().await? else { return Ok(()) };
        // Another delivery may have taken this very step since. Whoever took it, it is sent.
        let ids = in_flight(&found.value);
        if !ids.is_empty() {
            return send(redriver, &found.value, &ids).await;
        }
        if flow.apply(&next_step(redriver, found).await?).await? == Commit::Conflict {
            attempts.again().await?;
        }
    }
}

fn in_flight(group: &Group) -> Vec<String> {
    group.run.as_ref().map(|r| r.in_flight.clone()).unwrap_or_default()
}

async fn next_step(redriver: &Redriver, found: Stored<Group>) -> Result<Transition, Handled> {
    let flow = &redriver.flow;
    let now = (flow.clock)();
    let Stored { value: mut group, version } = found;
    let fingerprint = group.fingerprint.clone();
    let Some(run) = group.run.as_mut() else { return Ok(Transition::new()) };
    let chosen = choose(redriver, &fingerprint, &run.run_id, run.step_size()).await?;
    let mut transition = Transition::new();
    let marker = format!("{}#{}", run.run_id, run.steps);
    let mut out = Vec::new();
    if chosen.is_empty() {
        run.state = RunState::Done;
        run.moved_at = now;
        out.extend(ended(flow, &group)?);
    } else {
        run.send(chosen.iter().map(|s| s.value.quarantine_id.clone()).collect(), now);
        for Stored { value, version } in chosen {
            let redrives = value.redrives + 1;
            let entry = Entry {
                state: State::Redriving,
                redrives,
                run: Some(RunRef { run_id: run.run_id.clone(), fingerprint: fingerprint.clone() }),
                ..value
            };
            let sent = MessageRedriven {
                quarantine_id: entry.quarantine_id.clone(),
                redrive: redrives,
                outcome: RedriveOutcome::Sent,
                fingerprint: Some(fingerprint.clone()),
                run_id: Some(run.run_id.clone()),
                reason: run.reason.clone(),
            };
            let emit = emit(flow, &entry, run.requested_by.clone());
            out.push(emit.event((&entry.quarantine_id, redrives), "sent", sent)?);
            let key = Entry::key(&entry.quarantine_id);
            transition = transition.put(&key, &entry, Some(version), Some(&entry.listing()))?;
        }
    }
    let listing = group.listing();
    transition =
        transition.put(&Group::key(&fingerprint), &group, Some(version), Some(&listing))?;
    transition = transition.marked(Key::marker("redrive", &marker), now);
    Ok(out.into_iter().fold(transition, Transition::publishing))
}

/// The oldest entries that may be sent. The list may lag behind, so each is read again.
async fn choose(
    redriver: &Redriver,
    fingerprint: &str,
    run_id: &str,
    most: usize,
) -> Result<Vec<Stored<Entry>>, Handled> {
    let ledger = &redriver.flow.ledger;
    let mut chosen = Vec::new();
    let mut after = None;
    loop {
        let list = Entry::list(fingerprint, true);
        let page = ledger.list::<Entry>(&list, Order::OldestFirst, PAGE, after).await?;
        for listed in page.items {
            if !listed.value.may_be_sent_by(run_id, fingerprint, redriver.cap) {
                continue;
            }
            let found = ledger.get::<Entry>(&Entry::key(&listed.value.quarantine_id)).await?;
            chosen.extend(
                found.filter(|e| e.value.may_be_sent_by(run_id, fingerprint, redriver.cap)),
            );
            if chosen.len() == most {
                return Ok(chosen);
            }
        }
        after = page.next;
        if after.is_none() {
            return Ok(chosen);
        }
    }
}

/// Sends what a step committed. The body is the very one that was quarantined, so the event keeps its
/// id and the consumer's dedupe holds.
async fn send(redriver: &Redriver, group: &Group, ids: &[String]) -> Result<(), Handled> {
    for id in ids {
        let Some(found) = redriver.flow.ledger.get::<Entry>(&Entry::key(id)).await? else {
            continue;
        };
        let entry = found.value;
        let Some(deployed) = redriver.consumers.get(&group.consumer) else {
            return Err(Handled::poison(
                "consumer_unknown",
                format!("`{}` is no queue consumer of this fleet any more", group.consumer),
            ));
        };
        let body = redriver.bodies.get(&entry.body).await?;
        let body = String::from_utf8_lossy(&body);
        let mark = Mark { quarantine_id: id.clone(), redrive: entry.redrives };
        redriver.resend.send(&deployed.queue_url, &body, &mark.to_string()).await?;
        tracing::info!(quarantine.id = id, quarantine.redrives = entry.redrives, "sent again");
    }
    Ok(())
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
