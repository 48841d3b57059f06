//! Reads the approval of a revision together with the head of its change.

use headgate_domain::approval::Approval;
use headgate_events::ChangeId;

use crate::error::LedgerError;
use crate::item::Stored;
use crate::key::Key;
use crate::read::Ledger;
use headgate_domain::records::ChangeHead;

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
