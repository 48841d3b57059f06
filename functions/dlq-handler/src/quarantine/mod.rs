//! Quarantines one dead letter: a new one, or one that came back from a redrive.

mod announce;
mod arrive;
mod returned;

use std::time::Duration;

use headgate_artifacts::Artifacts;
use headgate_batch::{Record, RecordOutcome, attribute};
use headgate_clients::Topic;
use headgate_lease::Leases;
use headgate_ledger::{Key, Listing, Transition};
use headgate_outbox::{Flow, Handled, Mark, Once};

use crate::consumers::Consumers;
use crate::triage::triage;
use headgate_domain::quarantine::Entry;
use headgate_domain::quarantine::Group;

/// Receive count from which a dead letter is acknowledged even if its announcement fails.
const ANNOUNCE_TRIES: u32 = 5;

/// Dependencies of `dlq-handler`.
#[derive(Clone)]
pub struct Quarantine {
    /// Quarantine table, bus, clock.
    pub flow: Flow,
    /// Bucket of message bodies.
    pub bodies: Artifacts,
    /// Leases for notifications.
    pub leases: Leases,
    /// SNS topic for notifications.
    pub topic: Topic,
    /// Prefix of queue names, `<project>-<environment>-`.
    pub name_prefix: String,
    /// The deployed consumers.
    pub consumers: Consumers,
}

/// Quarantines one dead letter. If that fails, the message stays in the dead-letter queue.
pub async fn handle(
    quarantine: &Quarantine,
    record: &Record,
    remaining: Duration,
) -> RecordOutcome {
    match take(quarantine, record, remaining).await {
        Ok(Once::Processed) => RecordOutcome::Done,
        Ok(Once::AlreadyProcessed) => RecordOutcome::Duplicate,
        Err(handled) => handled.outcome(None),
    }
}

async fn take(
    quarantine: &Quarantine,
    record: &Record,
    remaining: Duration,
) -> Result<Once, Handled> {
    let found = triage(record, &quarantine.name_prefix, &quarantine.consumers);
    let mark = record.attributes.get(attribute::REDRIVE).filter(|_| !found.foreign);
    let mark = mark.and_then(|m| Mark::parse(m));
    let known = match &mark {
        Some(mark) => {
            let key = Key::quarantined(&mark.quarantine_id);
            let entry = quarantine.flow.ledger.get::<Entry>(&key).await?;
            // A redrive that has not begun cannot come back: then this is another message, with a mark that somebody made up.
            entry.is_some_and(|entry| mark.redrive <= entry.value.redrives)
        }
        None => false,
    };
    let once = match mark.filter(|_| known) {
        Some(mark) => returned::take(quarantine, &mark, &found).await?,
        None => arrive::take(quarantine, record, &found).await?,
    };
    match announce::announce(quarantine, &found, remaining).await {
        // The message is stored in quarantine; a failing announcement must not keep it in the queue.
        Err(error) if record.receive_count >= ANNOUNCE_TRIES => {
            tracing::error!(?error, "announcement failed");
        }
        announced => announced?,
    }
    Ok(once)
}

/// Adds the creation of the entry's group to the transition, if the group is new.
async fn with_group(
    quarantine: &Quarantine,
    transition: Transition,
    entry: &Entry,
) -> Result<Transition, Handled> {
    let key = Key::quarantine_group(&entry.fingerprint);
    if quarantine.flow.ledger.get::<Group>(&key).await?.is_some() {
        return Ok(transition);
    }
    let group = Group {
        fingerprint: entry.fingerprint.clone(),
        fault: entry.fault.clone(),
        error_type: entry.error_type.clone(),
        event_type: entry.event_type.clone(),
        consumer: entry.consumer.clone(),
        build: entry.build.clone(),
        reason: entry.reason.clone(),
        first_seen: entry.last_seen,
        run: None,
    };
    Ok(transition.put(&key, &group, None, Some(&Listing::quarantine_group(&group)))?)
}
