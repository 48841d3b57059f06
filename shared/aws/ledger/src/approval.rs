//! Reads approvals: one together with the head of its change, or all that are open.

use headgate_domain::approval::Approval;
use headgate_events::{ChangeId, part_of};
use jiff::Timestamp;

use crate::error::LedgerError;
use crate::item::{Item, Stored, decode};
use crate::key::{Key, Listing};
use crate::list::Position;
use crate::read::Ledger;
use headgate_domain::records::ChangeHead;

/// Parts of the list of open approvals. A partition of an index takes 1,000 writes a second.
const PARTS: u8 = 16;
/// The list of earlier builds, which had no parts. An approval leaves it when it is written the next time.
const UNDIVIDED: &str = "APPROVALS#OPEN";

impl Listing {
    /// Position of an approval in the list of open approvals, by the time of their expiry; `None` if it is
    /// decided.
    #[must_use]
    pub fn open_approval(approval: &Approval) -> Option<Self> {
        let id = format!("{}#{:06}", approval.change_id, approval.revision);
        let part = || part(part_of(approval.change_id.as_str(), PARTS));
        approval.outcome.is_none().then(|| Self::named(part(), approval.expires_at, &id))
    }
}

fn part(number: u8) -> String {
    format!("{UNDIVIDED}#{number:02}")
}

/// All parts of the list of open approvals.
#[must_use]
pub fn open_approval_lists() -> Vec<String> {
    (0..PARTS).map(part).chain([UNDIVIDED.to_owned()]).collect()
}

/// The head of a change and the approval of one of its revisions.
#[derive(Debug, Clone)]
pub struct ApprovalState {
    /// Current state of the change.
    pub head: Stored<ChangeHead>,
    /// Approval of the requested revision.
    pub approval: Stored<Approval>,
}

impl ApprovalState {
    /// Whether the change has a newer revision, so that this approval no longer counts.
    #[must_use]
    pub fn superseded(&self) -> bool {
        self.head.value.revision != self.approval.value.revision
    }
}

impl Ledger {
    /// A page of one of the [`open_approval_lists`], those that expire first first, and the position of the next page. The
    /// list may lag behind the table. An approval that cannot be read does not hide the others.
    ///
    /// # Errors
    /// [`LedgerError`] if the list cannot be read.
    pub async fn open_approvals(
        &self,
        list: &str,
        after: Option<Position>,
    ) -> Result<(Vec<Result<Approval, LedgerError>>, Option<Position>), LedgerError> {
        let (items, next) = self.due(list, Timestamp::MAX, after).await?;
        let approval = |item: &Item| decode(item).map(|stored| stored.value);
        Ok((items.iter().map(approval).collect(), next))
    }

    /// Reads the head of a change and the approval of a revision, each with a consistent read; `None` if
    /// either is missing.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn approval_state(
        &self,
        change_id: &ChangeId,
        revision: u32,
    ) -> Result<Option<ApprovalState>, LedgerError> {
        let head = self.get(&Key::change(change_id)).await?;
        let approval = self.get(&Key::approval(change_id, revision)).await?;
        Ok(head.zip(approval).map(|(head, approval)| ApprovalState { head, approval }))
    }
}
