//! Takes back a redriven message that became a dead letter again.

use headgate_events::Actor;
use headgate_events::latest::{MessageRedriven, RedriveOutcome};
use headgate_ledger::{Key, Listing, Transition};
use headgate_outbox::{Handled, Mark, Once};

use super::{Quarantine, with_group};
use crate::redrive::settle;
use crate::timeline::emit;
use crate::triage::Triage;
use headgate_domain::quarantine::{Arrival, Group};
use headgate_domain::quarantine::{Entry, State};

/// Sets the entry to waiting again, in the group of its new fault, updates its run (which may stop), and
/// publishes `message.redriven` (returned).
pub(super) async fn take(
    quarantine: &Quarantine,
    mark: &Mark,
    found: &Triage,
) -> Result<Once, Handled> {
    let flow = &quarantine.flow;
    let key = Key::quarantined(&mark.quarantine_id);
    flow.once(&format!("{mark}#returned"), async || {
        let stored = flow.ledger.get::<Entry>(&key).await?;
        // Ignore a late copy: the entry has been processed, discarded or redriven since.
        let current = stored
            .filter(|s| s.value.state == State::Redriving && s.value.redrives == mark.redrive);
        let Some(stored) = current else {
            tracing::info!(quarantine.id = mark.quarantine_id, "late copy ignored");
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
        let put = Transition::new().put(
            &key,
            &entry,
            Some(stored.version),
            Some(&Listing::quarantined(&entry)),
        )?;
        let transition = with_group(quarantine, put, &entry).await?;
        // Update the run in the same transaction: later, another run may have taken over the entry.
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
