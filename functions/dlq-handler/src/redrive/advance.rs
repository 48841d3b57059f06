//! Sends the next step of a run.

use headgate_events::latest::{MessageRedriven, RedriveOutcome};
use headgate_ledger::{Commit, Key, Listing, Order, Stored, Transition};
use headgate_outbox::{Attempts, Flow, Handled, Mark};
use headgate_runtime::telemetry::chain;

use super::Redriver;
use super::settle::{ended, settle};
use crate::timeline::emit;
use headgate_domain::quarantine::{Arrival, Group, RunState};
use headgate_domain::quarantine::{Entry, RunRef, State};

/// Number of entries read by one query.
const PAGE: i32 = 100;

/// Sends the next step of a run if the last one has settled, or ends the run if nothing is left.
///
/// `event` is the id of the event that triggered this call. A step that was committed but may not have been
/// sent is sent again only when the event that committed it is delivered again. The consumer drops a second
/// copy of a message as a duplicate. Sending copies for every event about a run would produce more and more
/// events.
pub(super) async fn advance(redriver: &Redriver, of: &RunRef, event: &str) -> Result<(), Handled> {
    let flow = &redriver.flow;
    let key = Key::quarantine_group(&of.fingerprint);
    let mut attempts = Attempts::default();
    loop {
        let found = flow.ledger.get::<Group>(&key).await?.filter(|g| {
            let run = g.value.run.as_ref();
            run.is_some_and(|r| r.run_id == of.run_id && r.state == RunState::Running)
        });
        let Some(found) = found else { return Ok(()) };
        let (ids, sent_by) = on_their_way(&found.value);
        if ids.is_empty() {
            let step = next_step(redriver, found, event).await?;
            if flow.apply(&step).await? == Commit::Conflict {
                attempts.again().await?;
            }
        } else {
            // If nothing could be sent, loop: the unsendable messages have settled and the next step is due.
            let mine = sent_by == event;
            if !mine || send(redriver, of, &found.value, &ids).await? > 0 {
                return Ok(());
            }
        }
    }
}

fn on_their_way(group: &Group) -> (Vec<String>, String) {
    group.run.as_ref().map(|r| (r.in_flight.clone(), r.sent_by.clone())).unwrap_or_default()
}

async fn next_step(
    redriver: &Redriver,
    found: Stored<Group>,
    event: &str,
) -> Result<Transition, Handled> {
    let flow = &redriver.flow;
    let now = (flow.clock)();
    let Stored { value: mut group, version } = found;
    let fingerprint = group.fingerprint.clone();
    let Some(run) = group.run.as_mut() else { return Ok(Transition::new()) };
    let chosen = choose(redriver, &fingerprint, &run.run_id, run.step_size()).await?;
    let mut transition = Transition::new();
    let mut marker = format!("{}#{}", run.run_id, run.sent);
    let mut out = Vec::new();
    if chosen.is_empty() {
        run.state = RunState::Done;
        run.moved_at = now;
        marker.push_str("#done");
        out.extend(ended(flow, &group)?);
    } else {
        let ids = chosen.iter().map(|s| s.value.quarantine_id.clone()).collect();
        run.send(ids, event, now);
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
                run_group: Some(fingerprint.clone()),
                reason: run.reason.clone(),
            };
            let emit = emit(flow, &entry, run.requested_by.clone());
            out.push(emit.event((&entry.quarantine_id, redrives), "sent", sent)?);
            let key = Key::quarantined(&entry.quarantine_id);
            transition =
                transition.put(&key, &entry, Some(version), Some(&Listing::quarantined(&entry)))?;
        }
    }
    let listing = Listing::quarantine_group(&group);
    transition = transition.put(
        &Key::quarantine_group(&fingerprint),
        &group,
        Some(version),
        Some(&listing),
    )?;
    transition = transition.marked(Key::marker("redrive", &marker), now);
    Ok(out.into_iter().fold(transition, Transition::publishing))
}

/// The oldest entries that may be sent, at most `most`. The list may lag behind, so each entry is read again.
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
            let found = ledger.get::<Entry>(&Key::quarantined(&listed.value.quarantine_id)).await?;
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

/// Sends the messages of a committed step. Returns how many could be sent. The body is sent exactly as it was
/// quarantined, so the event keeps its id and the consumer's deduplication works.
async fn send(
    redriver: &Redriver,
    of: &RunRef,
    group: &Group,
    ids: &[String],
) -> Result<usize, Handled> {
    let mut sent = 0;
    for id in ids {
        let Some(found) = redriver.flow.ledger.get::<Entry>(&Key::quarantined(id)).await? else {
            continue;
        };
        let entry = found.value;
        let mark = Mark { quarantine_id: id.clone(), redrive: entry.redrives };
        let Some(deployed) = redriver.consumers.get(&group.consumer) else {
            let reason =
                format!("`{}` is no longer a queue consumer of this fleet", group.consumer);
            unsendable(&redriver.flow, of, &mark, &reason).await?;
            continue;
        };
        match redriver.bodies.get(&entry.body).await {
            Ok(body) => {
                let body = String::from_utf8_lossy(&body);
                redriver.resend.send(&deployed.queue_url, &body, &mark.to_string()).await?;
                sent += 1;
                tracing::info!(
                    quarantine.id = id,
                    quarantine.redrives = entry.redrives,
                    "sent again"
                );
            }
            // A retry cannot help if the body is missing or has been changed.
            Err(error) if error.refusal().is_some() => {
                unsendable(&redriver.flow, of, &mark, &chain(&error)).await?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(sent)
}

/// Removes a message that cannot be sent from its run and marks it as unsendable. An operator can only
/// discard it.
async fn unsendable(flow: &Flow, of: &RunRef, mark: &Mark, reason: &str) -> Result<(), Handled> {
    let key = Key::quarantined(&mark.quarantine_id);
    tracing::error!(quarantine.id = mark.quarantine_id, reason, "unsendable");
    flow.once(&format!("{mark}#unsendable"), async || {
        let Some(stored) = flow.ledger.get::<Entry>(&key).await? else {
            return Ok::<_, Handled>(Transition::new());
        };
        let reason = reason.to_owned();
        let entry = Entry { state: State::Unsendable, reason, ..stored.value };
        let listing = Listing::quarantined(&entry);
        let put = Transition::new().put(&key, &entry, Some(stored.version), Some(&listing))?;
        settle(flow, Some(of), &entry, |_| Arrival::Unsendable, put).await
    })
    .await?;
    Ok(())
}
