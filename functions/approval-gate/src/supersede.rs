//! Ends what waits for decisions that nobody can make any more.

use headgate_events::{ChangeId, RevisionRef};
use headgate_ledger::{Commit, Key, Transition};
use headgate_outbox::Flow;
use headgate_workflow::{Approvals, Ended};

use crate::state::{GateError, require};

/// Ends the workflow of a superseded revision, and takes its approval off the list of those that wait. The approval stays as it is, without
/// a decision. Again, it changes nothing.
pub(crate) async fn end(
    flow: &Flow,
    approvals: &Approvals,
    RevisionRef { change, revision }: RevisionRef<'_>,
) -> Result<(), GateError> {
    approvals.wake(change, revision, Ended::Superseded).await?;
    // Last: a sweep finds the approval on the list if this dies before.
    take_off_the_list(flow, change, revision).await
}

async fn take_off_the_list(flow: &Flow, change: &ChangeId, revision: u32) -> Result<(), GateError> {
    let approval = require(&flow.ledger, change, revision).await?.approval;
    let key = Key::approval(change, revision);
    let put = Transition::new().put(&key, &approval.value, Some(approval.version), None)?;
    // After a conflict, the next sweep looks at it again.
    match flow.ledger.commit(&put).await? {
        Commit::Applied | Commit::Conflict | Commit::Duplicate => Ok(()),
    }
}
