//! Quarantines a new dead letter.

use headgate_batch::{Record, attribute};
use headgate_events::Actor;
use headgate_events::latest::MessageQuarantined;
use headgate_ledger::{Key, Listing, Transition};
use headgate_outbox::{Handled, Once};
use uuid::Uuid;

use super::{Quarantine, with_group};
use crate::timeline::emit;
use crate::triage::Triage;
use headgate_domain::quarantine::{Entry, State};

/// Type of the events that announce a quarantined message.
const QUARANTINED: &str = "message.quarantined";

/// Stores the body and the entry, and publishes `message.quarantined` once.
pub(super) async fn take(
    quarantine: &Quarantine,
    record: &Record,
    found: &Triage,
) -> Result<Once, Handled> {
    // The entry's id is derived from the message id in the source queue. If a consumer sends a dead letter
    // twice, because it died before it acknowledged the message, there is still only one entry.
    let said = record.attributes.get(attribute::MESSAGE_ID).filter(|_| !found.foreign);
    let message_id = said.unwrap_or(&record.message_id).clone();
    let id = Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("{}#{message_id}", found.queue).as_bytes());
    let id = id.to_string();
    let flow = &quarantine.flow;
    flow.once(&id, async || {
        let bytes = record.body.clone().into_bytes();
        let body = quarantine.bodies.put(bytes, "application/octet-stream").await?;
        let now = (flow.clock)();
        let entry = Entry {
            quarantine_id: id.clone(),
            state: State::Waiting,
            fingerprint: found.fingerprint(),
            fault: found.fault(),
            error_type: found.error_type.clone(),
            reason: found.reason.clone(),
            consumer: found.consumer.clone(),
            build: found.build.clone(),
            event_type: found.kind(),
            event_id: found.event.as_ref().map(|e| e.id.clone()),
            subject: found.event.as_ref().map(|e| e.subject.clone()),
            engagement_id: found.event.as_ref().map(|e| e.engagement.clone()),
            queue: found.queue.clone(),
            message_id: message_id.clone(),
            attempts: found.attempts,
            redrives: 0,
            run: None,
            body,
            first_seen: jiff::Timestamp::from_millisecond(record.sent_ms)
                .ok()
                .filter(|t| t.as_millisecond() > 0),
            quarantined_at: now,
            last_seen: now,
            closed_at: None,
        };
        tracing::error!(
            quarantine.id = id,
            quarantine.fingerprint = entry.fingerprint,
            error.r#type = entry.error_type,
            reason = entry.reason,
            consumer = entry.consumer,
            "quarantined"
        );
        let transition = Transition::new().put(
            &Key::quarantined(&id),
            &entry,
            None,
            Some(&Listing::quarantined(&entry)),
        )?;
        let transition = with_group(quarantine, transition, &entry).await?;
        // Publish nothing if the dead letter is itself a `message.quarantined` event: the consumer that
        // cannot process such events would produce another one each time, without end.
        if found.event_type.as_deref() == Some(QUARANTINED) {
            return Ok(transition);
        }
        let said = MessageQuarantined {
            quarantine_id: id.clone(),
            fingerprint: entry.fingerprint.clone(),
            error_type: entry.error_type.clone(),
            reason: entry.reason.clone(),
            consumer: entry.consumer.clone(),
            event_type: entry.event_type.clone(),
            queue: entry.queue.clone(),
        };
        let emit = emit(flow, &entry, Actor::system(flow.function));
        Ok(transition.publishing(emit.event((&id, 0), "", said)?))
    })
    .await
}
