//! Counts facts that are on a timeline but not in the figures. That happens if the table of metrics is restored to an earlier time than
//! the ledger.

use headgate_domain::figures::Summary;
use headgate_domain::progress::Progress;
use headgate_domain::records::PermitRecord;
use headgate_domain::timeline::{Entry, Head};
use headgate_events::latest::ChangeExecuted;
use headgate_events::{Delivery, EngagementId, Event, Fact};
use headgate_ledger::{Commit, Key, Transition};
use headgate_outbox::Handled;
use serde_json::json;

use crate::deps::{Finalizer, split};
use crate::end::{End, OutOfStep, in_step};
use crate::figures::{self, Counting};
use crate::finalize::is_of;

/// Entries that are read at once.
const AT_ONCE: i32 = 50;
/// How often another writer may interfere with one fact. Nothing else should run during a restore.
const ATTEMPTS: u32 = 10;

/// Why the figures of an engagement could not be counted.
#[derive(Debug, thiserror::Error)]
pub enum RecountError {
    /// The figures count more than the timeline has, or nobody knows what they count.
    #[error(transparent)]
    OutOfStep(#[from] OutOfStep),
    /// A table cannot be read or written.
    #[error("the tables cannot be used")]
    Ledger(#[from] headgate_ledger::LedgerError),
    /// An entry of the timeline cannot be counted.
    #[error("entry {seq} of {engagement} cannot be counted: {reason}")]
    Entry {
        /// The engagement.
        engagement: EngagementId,
        /// Position of the entry.
        seq: u64,
        /// Why.
        reason: String,
    },
    /// Another writer keeps changing the figures.
    #[error("another writer changes the figures of {engagement}; stop the functions first")]
    Busy {
        /// The engagement.
        engagement: EngagementId,
    },
}

/// Counts each fact of an engagement that its figures lack, in the order of its timeline, each in a transaction of its own. Changes only the
/// table of metrics. It may be stopped and run again at any time. Returns the number of facts that it counted.
///
/// # Errors
/// [`RecountError`]. What was counted before stays counted.
pub async fn recount(
    finalizer: &Finalizer,
    engagement: &EngagementId,
) -> Result<u64, RecountError> {
    let Finalizer { flow, metrics, .. } = finalizer;
    let (end, _) = split(flow.ledger.get::<End>(&Key::timeline(engagement)).await?);
    let (summary, _) = split(metrics.get::<Summary>(&Key::summary(engagement)).await?);
    whole(finalizer, engagement, &end).await?;
    match in_step(engagement, &summary, &end) {
        Ok(()) => return Ok(0),
        Err(OutOfStep::Behind { .. }) => {}
        Err(other) => return Err(other.into()),
    }
    let (mut at, last) = (summary.counted_to, end.head.seq);
    while at < last {
        let entries = flow.ledger.timeline::<Entry>(engagement, at, AT_ONCE).await?;
        if entries.first().is_none_or(|entry| entry.value.seq != at + 1) {
            return Err(broken(engagement, at + 1, "it is missing"));
        }
        for entry in entries.iter().map(|entry| &entry.value) {
            count(finalizer, entry).await?;
            at = entry.seq;
        }
    }
    Ok(last - summary.counted_to)
}

fn broken(engagement: &EngagementId, seq: u64, reason: impl Into<String>) -> RecountError {
    RecountError::Entry { engagement: engagement.clone(), seq, reason: reason.into() }
}

/// Checks the end of a timeline: DynamoDB does not say that a restore keeps transactions whole. An entry after the head would keep
/// every later one out, and a head without its entry has lost it.
async fn whole(
    Finalizer { flow, .. }: &Finalizer,
    engagement: &EngagementId,
    End { head, .. }: &End,
) -> Result<(), RecountError> {
    let before = head.seq.saturating_sub(1);
    let found = flow.ledger.timeline::<Entry>(engagement, before, 2).await?;
    let mut found = found.iter().map(|entry| &entry.value);
    if head.seq > 0 && found.next().is_none_or(|e| e.seq != head.seq || e.hash != head.hash) {
        return Err(broken(engagement, head.seq, "it is not the one that the timeline ends with"));
    }
    match found.next() {
        Some(more) => Err(broken(engagement, more.seq, "it is after the end of the timeline")),
        None => Ok(()),
    }
}

/// Counts one entry.
async fn count(finalizer: &Finalizer, entry: &Entry) -> Result<(), RecountError> {
    let cannot = |reason: String| broken(&entry.engagement_id, entry.seq, reason);
    let event = &entry.event;
    let body = json!({ "detail-type": event["type"], "source": event["source"], "detail": event });
    let delivery = Delivery::parse(&body.to_string()).map_err(|e| cannot(e.to_string()))?;
    for _ in 0..ATTEMPTS {
        let transition = counted(finalizer, &delivery, entry).await;
        let transition = transition.map_err(|e| match e {
            Handled::Poison(refusal) => cannot(refusal.reason),
            Handled::Retry(error) | Handled::Fails(error) => {
                cannot(headgate_runtime::telemetry::chain(&*error))
            }
            Handled::Busy(_) => cannot("it is locked".to_owned()),
        })?;
        match finalizer.metrics.commit(&transition).await? {
            Commit::Applied | Commit::Duplicate => return Ok(()),
            Commit::Conflict => {}
        }
    }
    Err(RecountError::Busy { engagement: entry.engagement_id.clone() })
}

/// What an entry changes in the metrics, and nothing else: the ledger has what it changed there.
async fn counted(
    finalizer: &Finalizer,
    delivery: &Delivery,
    entry: &Entry,
) -> Result<Transition, Handled> {
    let Delivery { fact, sender, .. } = delivery;
    let permitted = match fact {
        Fact::ChangeExecuted(e) => was_permitted(finalizer, sender, e).await?,
        _ => false,
    };
    let head = Head { seq: entry.seq - 1, hash: entry.prev.clone() };
    let end = End { head, counted: Some(entry.seq - 1) };
    // As if it were counted when it happened: later, a look at the model's weeks could find what only the ledger may decide.
    let counting = Counting { fact, permitted, after: (&end, None), now: fact.time(), again: true };
    let transition = figures::count(finalizer, counting, Transition::new()).await?;
    Ok(transition.only_in(&finalizer.metrics))
}

/// Whether a report had a valid permit when it was recorded. Its permit is marked as reported since, so that alone does not tell it from
/// a second report: only the first one counts.
async fn was_permitted(
    Finalizer { flow, metrics, .. }: &Finalizer,
    sender: &str,
    e: &Event<ChangeExecuted>,
) -> Result<bool, Handled> {
    let (progress, _) = split(metrics.get::<Progress>(&Key::progress(&e.change())).await?);
    if progress.executed(e.data.revision) {
        return Ok(false);
    }
    let key = Key::permit(&e.change(), &e.data.permit_id);
    let permit = flow.ledger.get::<PermitRecord>(&key).await?;
    Ok(permit.is_some_and(|permit| {
        let permit = permit.value;
        let by_its_holder = sender == format!("agent.{}", permit.issued_to);
        is_of(&permit, sender, e, by_its_holder) && permit.reported_at.is_some()
    }))
}
