//! A message that was sent again and came back.

use headgate_events::Actor;
use headgate_events::latest::{MessageRedriven, RedriveOutcome};
use headgate_flow::{Handled, Mark, Once};
use headgate_ledger::Transition;

use super::{Quarantine, emit, with_group};
use crate::entry::{Entry, State};
use crate::group::{Arrival, Group};
use crate::redrive::settle;
use crate::triage::Triage;

/// Lets the entry wait again, in the group of its new fault, and says so: that is what stops a run.
pub(super) async fn take(
    quarantine: &Quarantine,
    mark: &Mark,
    found: &Triage,
) -> Result<Once, Handled> {
    let flow = &quarantine.flow;
    let key = Entry::key(&mark.quarantine_id);
    flow.once(&format!("{mark}#returned"), async || {
        let stored = flow.ledger.get::<Entry>(&key).await?;
        // A second copy of a redriven message, whose first was processed, or sent again since.
        let current = stored
            .filter(|s| s.value.state == State::Redriving && s.value.redrives == mark.redrive);
        let Some(stored) = current else {
            tracing::info!(quarantine.id = mark.quarantine_id, "came back too late to matter");
            return Ok(Transition::new());
        };
        let entry = Entry {
            state: State::Waiting,
            fingerprint: found.fingerprint(),
            fault: found.fault(),
            error_type: found.error_type.clone(),
            reason: found.reason.clone(),
            build: found.build.clone(),
            attempts: stored.value.attempts + found.attempts,
            last_seen: (flow.clock)(),
            ..stored.value
        };
        tracing::error!(
            quarantine.id = entry.quarantine_id,
            quarantine.fingerprint = entry.fingerprint,
            quarantine.redrives = entry.redrives,
            error.r#type = entry.error_type,
            reason = entry.reason,
            "came back"
        );
        let put =
            Transition::new().put(&key, &entry, Some(stored.version), Some(&entry.listing()))?;
        let transition = with_group(quarantine, put, &entry).await?;
        // Its run hears of it in the same transaction: later, another run may have taken the entry.
        let arrival = |group: &Group| Arrival::Returned {
            same_fault: entry.fault == group.fault,
            reason: entry.reason.clone(),
        };
        let transition = settle(flow, entry.run.as_ref(), &entry, arrival, transition).await?;
        let said = MessageRedriven {
            quarantine_id: entry.quarantine_id.clone(),
            redrive: mark.redrive,
            outcome: RedriveOutcome::Returned,
            fingerprint: Some(entry.fingerprint.clone()),
            run_id: entry.run.as_ref().map(|r| r.run_id.clone()),
            run_group: entry.run.as_ref().map(|r| r.fingerprint.clone()),
            reason: entry.reason.clone(),
        };
        let emit = emit(flow, &entry, Actor::system(flow.function));
        let subject = (entry.quarantine_id.as_str(), mark.redrive);
        Ok(transition.publishing(emit.event(subject, "returned", said)?))
    })
    .await
}
