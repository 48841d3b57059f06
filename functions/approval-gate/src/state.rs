//! What all four functions read and write: the approval of a revision beside the head of its change.

use headgate_domain::approval::Approval;
use headgate_domain::change::Status;
use headgate_events::latest::ApprovalDecided;
use headgate_events::{Actor, Payload as _, Withdrawal, event_id};
use headgate_flow::{Emit, Flow};
use headgate_ledger::{ChangeHead, Key, Ledger, LedgerError, Listing, Stored, Transition};
use jiff::Timestamp;

use crate::GATE;

/// Head and approval as read.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub(crate) head: Stored<ChangeHead>,
    pub(crate) approval: Stored<Approval>,
}

/// The state is not there, or could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum GateError {
    /// No such approval.
    #[error("the ledger has no approval of {change_id}, revision {revision}")]
    Unknown {
        /// The change.
        change_id: String,
        /// The revision.
        revision: u32,
    },
    /// The ledger failed.
    #[error("the ledger failed")]
    Ledger(#[from] LedgerError),
    /// Commit or publish failed.
    #[error("the transition is not complete")]
    Flow(#[from] headgate_flow::FlowError),
    /// The workflow could not be woken.
    #[error("the workflow could not be woken")]
    Wake(#[from] headgate_approvals::WakeError),
    /// An event has no JSON form.
    #[error("an event cannot be written")]
    Json(#[from] serde_json::Error),
}

impl State {
    pub(crate) async fn read(
        ledger: &Ledger,
        change_id: &str,
        revision: u32,
    ) -> Result<Option<Self>, LedgerError> {
        let head = ledger.get(&Key::change(change_id)).await?;
        let approval = ledger.get(&Key::approval(change_id, revision)).await?;
        Ok(head.zip(approval).map(|(head, approval)| Self { head, approval }))
    }

    pub(crate) async fn require(
        ledger: &Ledger,
        change_id: &str,
        revision: u32,
    ) -> Result<Self, GateError> {
        Self::read(ledger, change_id, revision)
            .await?
            .ok_or_else(|| GateError::Unknown { change_id: change_id.to_owned(), revision })
    }

    /// Whether a newer revision has made this approval void.
    pub(crate) fn superseded(&self) -> bool {
        self.head.value.revision != self.approval.value.revision
    }

    /// Writes head and approval together, and with a decision its event. Each write follows the
    /// versions that were read, so a new revision that came in between is a conflict.
    pub(crate) fn transition(
        self,
        flow: &Flow,
        next: &Approval,
        actor: Actor,
        now: Timestamp,
    ) -> Result<Transition, GateError> {
        let id = next.change_id.as_str();
        let mut head = self.head.value;
        head.updated_at = now;
        if let Some(outcome) = next.outcome {
            head.status = Status::after_decision(outcome);
        }
        let listing = Listing::change(head.created_at, id);
        let transition = Transition::new()
            .put(&Key::approval(id, next.revision), next, Some(self.approval.version), None)?
            .put(&Key::change(id), &head, Some(self.head.version), Some(&listing))?;
        let Some(outcome) = next.outcome else { return Ok(transition) };
        let decided = ApprovalDecided {
            revision: next.revision,
            outcome,
            votes: next.votes.clone(),
            withdrawn: next.withdrawn.iter().map(without_comment).collect(),
            content_hash: next.content_hash.clone(),
        };
        let emit = Emit::new(flow.function, now, &head.engagement_id);
        let emit = emit.by(actor).traced(headgate_http::traceparent());
        let out = emit.event((id, next.revision), "", decided)?;
        Ok(transition.publishing(out).marked(decided_marker(id, next.revision), now))
    }
}

/// What was taken back is on record, what was said with it is not repeated: the event has its limits.
fn without_comment(withdrawal: &Withdrawal) -> Withdrawal {
    let mut withdrawal = withdrawal.clone();
    withdrawal.vote.comment.clear();
    withdrawal
}

/// Where the outbox of a decision is.
pub(crate) fn decided_marker(change_id: &str, revision: u32) -> Key {
    Key::marker(GATE, &event_id(ApprovalDecided::TYPE, change_id, revision, ""))
}
