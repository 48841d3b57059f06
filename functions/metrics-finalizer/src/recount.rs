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
use crate::figures::{self, OutOfStep, in_step};
use crate::finalize::is_of;

/// Entries that are read at once.
const AT_ONCE: i32 = 50;
/// How often another writer may interfere with one fact. Nothing else should run during a restore.
const ATTEMPTS: u32 = 10;

/// Why the figures of an engagement could not be counted.
#[derive(Debug, thiserror::Error)]
pub enum RecountError {
    /// The figures count more than the timeline has.
    #[error(transparent)]
    Ahead(#[from] OutOfStep),
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
    let (head, _) = split(flow.ledger.get::<Head>(&Key::timeline(engagement)).await?);
    let (summary, _) = split(metrics.get::<Summary>(&Key::summary(engagement)).await?);
    match in_step(engagement, &summary, head.seq) {
        Ok(()) => return Ok(0),
        Err(OutOfStep::Behind { .. }) => {}
        Err(ahead) => return Err(ahead.into()),
    }
    let mut at = summary.counted_to;
    while at < head.seq {
        let entries = flow.ledger.timeline::<Entry>(engagement, at, AT_ONCE).await?;
        if entries.is_empty() {
            let reason = "it is missing".to_owned();
            return Err(RecountError::Entry {
                engagement: engagement.clone(),
                seq: at + 1,
                reason,
            });
        }
        for entry in entries {
            count(finalizer, &entry.value).await?;
            at = entry.value.seq;
        }
    }
    Ok(head.seq - summary.counted_to)
}

/// Counts one entry.
async fn count(finalizer: &Finalizer, entry: &Entry) -> Result<(), RecountError> {
    let cannot = |reason: String| RecountError::Entry {
        engagement: entry.engagement_id.clone(),
        seq: entry.seq,
        reason,
    };
    let event = &entry.event;
    let body = json!({ "detail-type": event["type"], "source": event["source"], "detail": event });
    let delivery = Delivery::parse(&body.to_string()).map_err(|e| cannot(e.to_string()))?;
    for _ in 0..ATTEMPTS {
        let transition = counted(finalizer, &delivery, entry.seq).await;
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
    seq: u64,
) -> Result<Transition, Handled> {
    let Delivery { fact, sender, .. } = delivery;
    let permitted = match fact {
        Fact::ChangeExecuted(e) => was_permitted(finalizer, sender, e).await?,
        _ => false,
    };
    let transition = figures::count(finalizer, fact, permitted, seq, Transition::new()).await?;
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
