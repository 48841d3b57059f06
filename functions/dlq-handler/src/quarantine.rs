//! One dead letter, into quarantine.

use headgate_artifacts::Artifacts;
use headgate_batch::{Outcome, Record, attribute};
use headgate_events::latest::MessageQuarantined;
use headgate_flow::{Emit, Flow, Handled};
use headgate_ledger::{Key, Listing, Transition};
use headgate_runtime::telemetry::chain;
use uuid::Uuid;

use crate::entry::Entry;
use crate::triage::{Triage, triage};

/// What the handler works with.
#[derive(Debug, Clone)]
pub struct Quarantine {
    /// Quarantine table, bus, clock.
    pub flow: Flow,
    /// Bucket of bodies.
    pub bodies: Artifacts,
    /// Prefix of queue names.
    pub name_prefix: String,
}

/// Takes one dead letter in. What fails stays in the dead-letter queue.
pub async fn handle(quarantine: &Quarantine, record: &Record) -> Outcome {
    match take(quarantine, record).await {
        Ok(()) => Outcome::Done,
        Err(Handled::Retry(error)) => Outcome::Retry { reason: chain(&*error) },
        Err(Handled::Poison(refusal)) => Outcome::Retry { reason: refusal.reason },
    }
}

async fn take(quarantine: &Quarantine, record: &Record) -> Result<(), Handled> {
    let found = triage(record, &quarantine.name_prefix);
    // The id is that of the message in its source queue, so that a consumer that sent a dead letter
    // twice (and died before it acknowledged) makes one entry.
    let message_id =
        record.attributes.get(attribute::MESSAGE_ID).unwrap_or(&record.message_id).clone();
    let id = Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("{}#{message_id}", found.queue).as_bytes());
    let id = id.to_string();
    let flow = &quarantine.flow;
    flow.once(&id, async || {
        let now = (flow.clock)();
        let bytes = record.body.clone().into_bytes();
        let body = quarantine.bodies.put(bytes, "application/octet-stream").await?;
        let fingerprint = found.fingerprint();
        let Triage { error_type, reason, consumer, build, event_type, subject, queue, attempts } =
            found.clone();
        let out = Emit::new(flow.function, now, &id).event(
            (&id, 0),
            "",
            MessageQuarantined {
                quarantine_id: id.clone(),
                fingerprint: fingerprint.clone(),
                error_type: error_type.clone(),
                reason: reason.clone(),
                consumer: consumer.clone(),
                event_type: event_type.clone(),
                queue: queue.clone(),
            },
        )?;
        let entry = Entry {
            quarantine_id: id.clone(),
            fingerprint,
            error_type,
            reason,
            consumer,
            build,
            event_type,
            subject,
            queue,
            message_id: message_id.clone(),
            attempts,
            body,
            first_seen: jiff::Timestamp::from_millisecond(record.first_received_ms)
                .ok()
                .filter(|t| t.as_millisecond() > 0),
            quarantined_at: now,
        };
        tracing::error!(
            quarantine.id = id,
            quarantine.fingerprint = entry.fingerprint,
            error.r#type = entry.error_type,
            reason = entry.reason,
            consumer = entry.consumer,
            "quarantined"
        );
        let listing = Listing::quarantine(now, &id);
        Ok(Transition::new().put(&entry_key(&id), &entry, None, Some(&listing))?.publishing(out))
    })
    .await
}

pub(crate) fn entry_key(id: &str) -> Key {
    Key::named(format!("QUARANTINE#{id}"), "ENTRY")
}
