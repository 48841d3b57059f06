//! Looks every minute at the engagements at which something is due: a deadline, a reminder, an expiry.

use std::time::{Duration, Instant};

use futures::{StreamExt as _, stream};
use headgate_engagements::Course;
use headgate_ledger::{LedgerError, due_engagement_lists};
use headgate_outbox::{Attempts, Emit, Flow};
use headgate_runtime::telemetry::chain;
use lambda_runtime::Diagnostic;
use serde::Serialize;

use headgate_ledger::Commit;

use crate::advance::look;
use crate::store::{StoreError, marker_of};

/// Engagements that are looked at in parallel.
const AT_ONCE: usize = 8;
/// With less time left, no page begins: one call of the SDK may take 15 seconds. What is longest due is first on each list.
const PAGE: Duration = Duration::from_secs(16);

/// What a sweep has done.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub struct Swept {
    /// Engagements at which something was due.
    pub due: u32,
    /// Engagements that went on.
    pub moved: u32,
    /// Engagements, and lists of them, that failed.
    pub failed: u32,
    /// Whether time was left for all of them.
    pub complete: bool,
}

/// A sweep that has left something undone. The next one tries again.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// Something failed; the log has each reason.
    #[error("{failed} engagements or lists of them failed, {due} were due; see the log above")]
    Failed {
        /// Engagements, and lists of them, that failed.
        failed: u32,
        /// Engagements at which something was due.
        due: u32,
    },
    /// More was due than one sweep can look at.
    #[error("no time was left for all engagements; {0} were looked at")]
    Incomplete(u32),
}

impl From<SweepError> for Diagnostic {
    fn from(error: SweepError) -> Self {
        let error_type = match &error {
            SweepError::Failed { .. } => "SweepFailed",
            SweepError::Incomplete(_) => "SweepIncomplete",
        };
        Self { error_type: error_type.to_owned(), error_message: chain(&error) }
    }
}

/// Looks at every engagement at which something is due, for at most `left`.
///
/// # Errors
/// [`SweepError`]. All other engagements were looked at.
pub async fn sweep(flow: &Flow, left: Duration) -> Result<Swept, SweepError> {
    let begun = Instant::now();
    let mut swept = Swept { complete: true, ..Swept::default() };
    let enough = || left.saturating_sub(begun.elapsed()) > PAGE;
    let mut unreadable = 0;
    for list in lists(flow) {
        match look_at(flow, &list, enough, &mut swept).await {
            Ok(()) => unreadable = 0,
            Err(error) => {
                tracing::error!(list, error = chain(&error), "cannot list engagements");
                swept.failed += 1;
                unreadable += 1;
            }
        }
        // The table is not available, or hangs.
        if unreadable == 2 {
            swept.complete = false;
            break;
        }
    }
    tracing::info!(
        engagements.due = swept.due,
        engagements.moved = swept.moved,
        engagements.failed = swept.failed,
        complete = swept.complete,
        "swept"
    );
    match swept {
        Swept { failed: failed @ 1.., due, .. } => Err(SweepError::Failed { failed, due }),
        Swept { complete: false, due, .. } => Err(SweepError::Incomplete(due)),
        Swept { .. } => Ok(swept),
    }
}

/// The lists, beginning with another one every minute.
fn lists(flow: &Flow) -> Vec<String> {
    let mut lists = due_engagement_lists();
    let minute = usize::try_from((flow.clock)().as_second() / 60).unwrap_or_default();
    let first = minute.checked_rem(lists.len()).unwrap_or_default();
    lists.rotate_left(first);
    lists
}

async fn look_at(
    flow: &Flow,
    list: &str,
    enough: impl Fn() -> bool,
    swept: &mut Swept,
) -> Result<(), LedgerError> {
    let mut after = None;
    loop {
        if !enough() {
            swept.complete = false;
            return Ok(());
        }
        let now = (flow.clock)();
        let (page, next) = flow.ledger.due_engagements::<Course>(list, now, after).await?;
        let looks = page.iter().map(|listed| one(flow, listed));
        let found: Vec<_> = stream::iter(looks).buffer_unordered(AT_ONCE).collect().await;
        for one in found {
            swept.due += 1;
            match one {
                Ok(true) => swept.moved += 1,
                Ok(false) => {}
                Err(()) => swept.failed += 1,
            }
        }
        after = next;
        if after.is_none() {
            return Ok(());
        }
    }
}

async fn one(flow: &Flow, listed: &Result<Course, LedgerError>) -> Result<bool, ()> {
    let listed = listed.as_ref().map_err(|error| {
        tracing::error!(error = chain(error), "cannot read an engagement");
    })?;
    go_on(flow, listed).await.map_err(|error| {
        tracing::error!(
            engagement.id = listed.engagement_id.as_str(),
            error = chain(&error),
            "cannot look at an engagement"
        );
    })
}

/// `listed` comes from the index, which lags behind: decide only from what the ledger says.
async fn go_on(flow: &Flow, listed: &Course) -> Result<bool, StoreError> {
    let id = &listed.engagement_id;
    let mut attempts = Attempts::default();
    loop {
        let now = (flow.clock)();
        let emit = Emit::new(flow.function, now, id);
        let Some(found) = look(&flow.ledger, id, &emit, now).await? else { return Ok(false) };
        let marker = marker_of(flow.function.as_str(), id, &found.before);
        match flow.apply(&found.transition.marked(marker, now)).await? {
            Commit::Applied => return Ok(true),
            Commit::Duplicate | Commit::Conflict => attempts.again().await?,
        }
    }
}
