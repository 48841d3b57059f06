//! Finds markers that are not published, and publishes their events.

use std::time::{Duration, Instant};

use futures::{StreamExt as _, stream};
use headgate_ledger::{Key, OUTBOX_SHARDS};
use headgate_outbox::Flow;
use headgate_runtime::telemetry::chain;
use jiff::{SignedDuration, Timestamp};
use lambda_runtime::Diagnostic;
use serde::Serialize;

/// Outboxes that are published in parallel.
const AT_ONCE: usize = 8;
/// With less time left, no page begins. The next sweep begins in another part of the lists.
const PAGE: Duration = Duration::from_secs(10);
/// Time that a function has to publish its own outbox. A function that takes longer only causes a second
/// publication of the same events, with the same ids.
const GRACE: SignedDuration = SignedDuration::from_secs(10);

/// What a sweep has done.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub struct Swept {
    /// Outboxes that were found unpublished, and are published now.
    pub published: u32,
    /// Outboxes that could not be published.
    pub failed: u32,
    /// Whether time was left for all of them.
    pub complete: bool,
}

/// A sweep that has left something undone. The next one tries again.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// Something failed; the log has each reason.
    #[error("{0} unpublished outboxes or lists of them failed; see the log above")]
    Failed(u32),
    /// There are more unpublished outboxes than one sweep can publish.
    #[error("no time was left for all unpublished outboxes; {0} were published")]
    Incomplete(u32),
}

impl From<SweepError> for Diagnostic {
    fn from(error: SweepError) -> Self {
        let error_type = match error {
            SweepError::Failed(_) => "SweepFailed",
            SweepError::Incomplete(_) => "SweepIncomplete",
        };
        Self { error_type: error_type.to_owned(), error_message: error.to_string() }
    }
}

/// Publishes every outbox that was committed more than ten seconds ago and is not published, in each of
/// `tables`, for at most `left`. A failure stops neither the other outboxes nor the other tables.
///
/// # Errors
/// [`SweepError`]. All other outboxes were published.
pub async fn sweep(tables: &[Flow], left: Duration) -> Result<Swept, SweepError> {
    let begun = Instant::now();
    let mut swept = Swept { complete: true, ..Swept::default() };
    let enough = || left.saturating_sub(begun.elapsed()) > PAGE;
    let first = tables.first().map_or(0, |flow| minute((flow.clock)()));
    for shard in 0..OUTBOX_SHARDS {
        let shard = (first.wrapping_add(shard)) % OUTBOX_SHARDS;
        for flow in tables {
            list(flow, shard, enough, &mut swept).await;
        }
    }
    tracing::info!(
        outbox.published = swept.published,
        outbox.failed = swept.failed,
        complete = swept.complete,
        "swept"
    );
    match swept {
        Swept { failed: 1.., .. } => Err(SweepError::Failed(swept.failed)),
        Swept { complete: false, .. } => Err(SweepError::Incomplete(swept.published)),
        Swept { .. } => Ok(swept),
    }
}

/// The part of the lists with which the sweep of this minute begins.
fn minute(now: Timestamp) -> u8 {
    u8::try_from((now.as_second() / 60).rem_euclid(OUTBOX_SHARDS.into())).unwrap_or_default()
}

/// Publishes one part of the list of a table, page by page: those at its head may be unpublishable.
async fn list(flow: &Flow, shard: u8, enough: impl Fn() -> bool, swept: &mut Swept) {
    let before = (flow.clock)() - GRACE;
    let mut after = None;
    loop {
        if !enough() {
            swept.complete = false;
            return;
        }
        let (markers, next) = match flow.ledger.unpublished(shard, before, after).await {
            Ok(page) => page,
            Err(error) => {
                tracing::error!(error = chain(&error), "cannot list unpublished outboxes");
                swept.failed += 1;
                return;
            }
        };
        let published = markers.iter().map(|marker| publish(flow, marker));
        let published: Vec<_> = stream::iter(published).buffer_unordered(AT_ONCE).collect().await;
        for published in published {
            match published {
                Ok(published) => swept.published += u32::from(published),
                Err(()) => swept.failed += 1,
            }
        }
        after = next;
        if after.is_none() {
            return;
        }
    }
}

/// Returns whether this call published the outbox.
async fn publish(flow: &Flow, marker: &Key) -> Result<bool, ()> {
    match flow.settle(marker).await {
        Ok(published) => {
            if published {
                tracing::warn!(outbox.marker = %marker, "published an outbox that was left unpublished");
            }
            Ok(published)
        }
        Err(error) => {
            tracing::error!(outbox.marker = %marker, error = chain(&error), "cannot publish");
            Err(())
        }
    }
}
