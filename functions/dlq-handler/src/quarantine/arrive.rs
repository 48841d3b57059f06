//! A dead letter that was not here before.

use headgate_batch::{Record, attribute};
use headgate_events::Actor;
use headgate_events::latest::MessageQuarantined;
use headgate_flow::{Handled, Once};
use headgate_ledger::Transition;
use uuid::Uuid;

use super::{Quarantine, emit, with_group};
use crate::entry::{Entry, State};
use crate::triage::Triage;

/// Type of the events that say that something was quarantined.
const QUARANTINED: &str = "message.quarantined";

/// Keeps body and entry, and says so once.
pub(super) async fn take(
    quarantine: &Quarantine,
    record: &Record,
    found: &Triage,
) -> Result<Once, Handled> {
    // The id is that of the message in its source queue, so that a consumer that sent a dead letter
    // twice (and died before it acknowledged) makes one entry.
    let message_id =
        record.attributes.get(attribute::MESSAGE_ID).unwrap_or(&record.message_id).clone();
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
        let transition =
            Transition::new().put(&Entry::key(&id), &entry, None, Some(&entry.listing()))?;
        let transition = with_group(quarantine, transition, &entry).await?;
        // Of a dead letter that itself says that something was quarantined, nothing is said: whoever
        // could not take that would be told of it, for ever.
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
