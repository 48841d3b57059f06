//! Looks after the open approvals every minute: expires those that are due, ends workflows that need not wait any
//! more, and starts workflows again whose execution is gone.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use futures::{StreamExt as _, stream};
use headgate_domain::approval::Approval;
use headgate_domain::ids::execution_name;
use headgate_events::{Outcome, RevisionRef};
use headgate_ledger::{LedgerError, open_approval_lists};
use headgate_outbox::Flow;
use headgate_runtime::telemetry::chain;
use headgate_workflow::{Approvals, Workflow};
use jiff::{SignedDuration, Timestamp};
use lambda_runtime::Diagnostic;
use serde::Serialize;

use crate::expire::{SliceEnd, SliceState, end_slice};
use crate::state::GateError;
use crate::supersede;

/// Approvals that are looked at in parallel.
const AT_ONCE: usize = 8;
/// With less time left, no page begins: one call of the SDK may take 15 seconds. Those that are due are first on each list, and the next sweep
/// begins with another list.
const PAGE: Duration = Duration::from_secs(16);
/// An execution is expected to be listed this long after its approval was requested. `approval-gate-start` has
/// to start it first, and Step Functions lists it some seconds later.
const GRACE: SignedDuration = SignedDuration::from_mins(5);

/// Dependencies of `approval-gate-sweep`.
#[derive(Debug, Clone)]
pub struct Sweeper {
    /// Ledger, bus, clock.
    pub flow: Flow,
    /// Wakes workflows.
    pub approvals: Approvals,
    /// Starts workflows.
    pub workflow: Workflow,
}

/// What a sweep has done.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub struct Swept {
    /// Open approvals that were looked at.
    pub open: u32,
    /// Approvals that this sweep expired.
    pub expired: u32,
    /// Approvals of older revisions, whose workflows were ended.
    pub superseded: u32,
    /// Workflows that were started again.
    pub restarted: u32,
    /// Approvals that this sweep could not look after.
    pub failed: u32,
    /// Whether time was left for all of them.
    pub complete: bool,
}

/// A sweep that has left something undone. The next one tries again, except to wake a workflow whose approval has expired: that ends
/// with its slice.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// Something failed; the log has each reason.
    #[error(
        "{failed} open approvals or lists of them failed, {open} were looked at; see the log above"
    )]
    Failed {
        /// Approvals, and lists of them, that failed.
        failed: u32,
        /// Approvals that were looked at.
        open: u32,
    },
    /// There are more open approvals than one sweep can look at.
    #[error("no time was left for all open approvals; {0} were looked at")]
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

/// Looks after every open approval, for at most `left`.
///
/// # Errors
/// [`SweepError`]. All other approvals were processed.
pub async fn sweep(sweeper: &Sweeper, left: Duration) -> Result<Swept, SweepError> {
    let begun = Instant::now();
    // Without this list, approvals still expire, but no workflow is started again.
    let running = match sweeper.workflow.running().await {
        Ok(running) => Some(running),
        Err(error) => {
            tracing::error!(error = chain(&error), "cannot tell which workflows are running");
            None
        }
    };
    let mut swept =
        Swept { failed: u32::from(running.is_none()), complete: true, ..Swept::default() };
    let enough = || left.saturating_sub(begun.elapsed()) > PAGE;
    let mut unreadable = 0;
    for list in lists((sweeper.flow.clock)()) {
        match look_after(sweeper, &list, running.as_ref(), enough, &mut swept).await {
            Ok(()) => unreadable = 0,
            Err(error) => {
                tracing::error!(list, error = chain(&error), "cannot list open approvals");
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
        approvals.open = swept.open,
        approvals.expired = swept.expired,
        approvals.superseded = swept.superseded,
        approvals.restarted = swept.restarted,
        approvals.failed = swept.failed,
        complete = swept.complete,
        "swept"
    );
    match swept {
        Swept { failed: failed @ 1.., open, .. } => Err(SweepError::Failed { failed, open }),
        Swept { complete: false, open, .. } => Err(SweepError::Incomplete(open)),
        Swept { .. } => Ok(swept),
    }
}

/// The lists of open approvals, beginning with another one every minute.
fn lists(now: Timestamp) -> Vec<String> {
    let mut lists = open_approval_lists();
    let minute = usize::try_from(now.as_second() / 60).unwrap_or_default();
    let first = minute.checked_rem(lists.len()).unwrap_or_default();
    lists.rotate_left(first);
    lists
}

/// Looks after the approvals of one list, page by page.
async fn look_after(
    sweeper: &Sweeper,
    list: &str,
    running: Option<&HashSet<String>>,
    enough: impl Fn() -> bool,
    swept: &mut Swept,
) -> Result<(), LedgerError> {
    let mut after = None;
    loop {
        if !enough() {
            swept.complete = false;
            return Ok(());
        }
        let (page, next) = sweeper.flow.ledger.open_approvals(list, after).await?;
        let looks = page.iter().map(|listed| look(sweeper, listed, running));
        let found: Vec<_> = stream::iter(looks).buffer_unordered(AT_ONCE).collect().await;
        for one in found {
            swept.open += 1;
            match one {
                Ok(Found::InOrder) => {}
                Ok(Found::Expired) => swept.expired += 1,
                Ok(Found::Superseded) => swept.superseded += 1,
                Ok(Found::Gone) => swept.restarted += 1,
                Err(()) => swept.failed += 1,
            }
        }
        after = next;
        if after.is_none() {
            return Ok(());
        }
    }
}

enum Found {
    InOrder,
    Expired,
    Superseded,
    Gone,
}

async fn look(
    sweeper: &Sweeper,
    listed: &Result<Approval, LedgerError>,
    running: Option<&HashSet<String>>,
) -> Result<Found, ()> {
    let listed = listed.as_ref().map_err(|error| {
        tracing::error!(error = chain(error), "cannot read an open approval");
    })?;
    one(sweeper, listed, running).await.map_err(|error| {
        tracing::error!(
            change.id = listed.change_id.as_str(),
            change.revision = listed.revision,
            error = chain(&error),
            "cannot look after an open approval"
        );
    })
}

/// `listed` comes from the index, which lags behind: decide only from what the ledger says.
async fn one(
    sweeper: &Sweeper,
    listed: &Approval,
    running: Option<&HashSet<String>>,
) -> Result<Found, GateError> {
    let Sweeper { flow, approvals, workflow } = sweeper;
    let (change_id, revision) = (&listed.change_id, listed.revision);
    let look = SliceEnd { change_id: change_id.clone(), revision, slice: 0, quiet: true };
    match end_slice(flow, look).await?.state {
        SliceState::Superseded => {
            supersede::end(flow, approvals, RevisionRef { change: change_id, revision }).await?;
            Ok(Found::Superseded)
        }
        SliceState::Expired => {
            approvals.wake(change_id, revision, Outcome::Expired).await?;
            Ok(Found::Expired)
        }
        SliceState::Waiting => {
            let name = execution_name(change_id, revision, 1);
            let gone = running.is_some_and(|names| !names.contains(&name));
            let due: Timestamp = listed.requested_at + GRACE;
            if !gone || (flow.clock)() < due {
                return Ok(Found::InOrder);
            }
            if !workflow.start_again(change_id, revision, (flow.clock)()).await? {
                return Ok(Found::InOrder);
            }
            tracing::warn!(
                change.id = change_id.as_str(),
                change.revision = revision,
                "its workflow was gone; started it again"
            );
            Ok(Found::Gone)
        }
        SliceState::Decided => Ok(Found::InOrder),
    }
}
