//! One dead letter, into quarantine: for the first time, or back from a redrive.

mod announce;
mod arrive;
mod back;

use std::time::Duration;

use headgate_artifacts::Artifacts;
use headgate_batch::{Outcome, Record, attribute};
use headgate_claims::Claims;
use headgate_events::Actor;
use headgate_flow::{Flow, Handled, Mark, Once};
use headgate_ledger::Transition;
use headgate_notify::Topic;

use crate::consumers::Consumers;
use crate::entry::Entry;
use crate::group::Group;
use crate::triage::triage;

/// Engagement of what belongs to none: actions on groups, messages that cannot be read. No engagement
/// of anybody's can have a dot in its id.
pub const TIMELINE: &str = "headgate.quarantine";

/// Receives after which a dead letter is taken in although nobody could be told.
const ANNOUNCE_TRIES: u32 = 5;

/// What the handler works with.
#[derive(Clone)]
pub struct Quarantine {
    /// Quarantine table, bus, clock.
    pub flow: Flow,
    /// Bucket of bodies.
    pub bodies: Artifacts,
    /// Claims on notifications.
    pub claims: Claims,
    /// Where notifications go.
    pub topic: Topic,
    /// Prefix of queue names.
    pub name_prefix: String,
    /// What is deployed.
    pub consumers: Consumers,
}

/// Takes one dead letter in. What fails stays in the dead-letter queue.
pub async fn handle(quarantine: &Quarantine, record: &Record, remaining: Duration) -> Outcome {
    match take(quarantine, record, remaining).await {
        Ok(Once::First) => Outcome::Done,
        Ok(Once::Before) => Outcome::Duplicate,
        Err(handled) => handled.outcome(None),
    }
}

async fn take(
    quarantine: &Quarantine,
    record: &Record,
    remaining: Duration,
) -> Result<Once, Handled> {
    let found = triage(record, &quarantine.name_prefix, &quarantine.consumers);
    let mark = record.attributes.get(attribute::REDRIVE).and_then(|m| Mark::parse(m));
    let known = match &mark {
        Some(mark) => {
            quarantine.flow.ledger.get::<Entry>(&Entry::key(&mark.quarantine_id)).await?.is_some()
        }
        None => false,
    };
    let once = match mark.filter(|_| known) {
        Some(mark) => back::take(quarantine, &mark, &found).await?,
        None => arrive::take(quarantine, record, &found).await?,
    };
    match announce::announce(quarantine, &found, remaining).await {
        // It is safe in quarantine: not to be announced must not make it undeliverable.
        Err(error) if record.receive_count >= ANNOUNCE_TRIES => {
            tracing::error!(?error, "not announced");
        }
        announced => announced?,
    }
    Ok(once)
}

/// The group's creation, if it is new.
async fn with_group(
    quarantine: &Quarantine,
    transition: Transition,
    entry: &Entry,
) -> Result<Transition, Handled> {
    let key = Group::key(&entry.fingerprint);
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
    Ok(transition.put(&key, &group, None, Some(&group.listing()))?)
}

/// Events about an entry belong to its engagement, or to the timeline of quarantine itself.
pub(crate) fn emit(flow: &Flow, entry: &Entry, actor: Actor) -> headgate_flow::Emit {
    let engagement = entry.engagement_id.as_deref().unwrap_or(TIMELINE);
    let emit = headgate_flow::Emit::new(flow.function, (flow.clock)(), engagement).by(actor);
    match &entry.event_id {
        Some(event_id) => emit.caused_by(event_id, None),
        None => emit,
    }
}
