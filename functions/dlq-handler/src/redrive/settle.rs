//! A message of a run was processed, or came back.

use headgate_events::latest::{MessageRedriven, RedriveOutcome};
use headgate_flow::{Flow, Handled, Once};
use headgate_ledger::Transition;

use super::advance::ended;
use crate::entry::{Entry, RunRef, State};
use crate::group::{Arrival, Group};

/// Writes down how a message ended, in its entry and in its run. Returns the run, if it was part of one.
pub(super) async fn settle(
    flow: &Flow,
    event_id: &str,
    said: &MessageRedriven,
) -> Result<(Once, Option<RunRef>), Handled> {
    let key = Entry::key(&said.quarantine_id);
    let once = flow
        .once(event_id, async || {
            let Some(stored) = flow.ledger.get::<Entry>(&key).await? else {
                return Ok::<_, Handled>(Transition::new());
            };
            let entry = &stored.value;
            // Late news of an earlier redrive.
            let (Some(run), true) = (&entry.run, entry.redrives == said.redrive) else {
                return Ok(Transition::new());
            };
            let mut transition = Transition::new();
            if said.outcome == RedriveOutcome::Processed && entry.state.is_open() {
                let done = Entry { state: State::Processed, ..entry.clone() };
                let listing = done.listing();
                transition = transition.put(&key, &done, Some(stored.version), Some(&listing))?;
            }
            let group_key = Group::key(&run.fingerprint);
            let Some(found) = flow.ledger.get::<Group>(&group_key).await? else {
                return Ok(transition);
            };
            let mut group = found.value;
            let fault = group.fault.clone();
            let arrival = match said.outcome {
                RedriveOutcome::Processed => Arrival::Processed,
                _ => Arrival::Returned {
                    same_fault: entry.fault == fault,
                    reason: said.reason.clone(),
                },
            };
            let now = (flow.clock)();
            let Some(current) = group.run.as_mut().filter(|r| r.run_id == run.run_id) else {
                return Ok(transition);
            };
            let stopped = current.settle(&said.quarantine_id, &arrival, now);
            let out = if stopped { Some(ended(flow, &group)?) } else { None };
            let listing = group.listing();
            transition = transition.put(&group_key, &group, Some(found.version), Some(&listing))?;
            Ok(match out.flatten() {
                Some(out) => transition.publishing(out),
                None => transition,
            })
        })
        .await?;
    let run = flow.ledger.get::<Entry>(&key).await?.and_then(|s| s.value.run);
    Ok((once, run))
}
