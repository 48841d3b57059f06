//! The approval of a revision and the head of its change: the state that the gate's functions read and write.

use headgate_domain::approval::Approval;
use headgate_domain::change::Status;
use headgate_events::latest::ApprovalDecided;
use headgate_events::{Actor, ChangeId, Payload as _, Withdrawal, event_id};
use headgate_ledger::{ApprovalState, Key, Ledger, LedgerError, Listing, Transition};
use headgate_outbox::{Emit, Flow};
use headgate_runtime::telemetry::chain;
use jiff::Timestamp;
use lambda_runtime::Diagnostic;

use crate::GATE;

/// The state is missing, or could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum GateError {
    /// There is no such approval.
    #[error("the ledger has no approval for change {change_id}, revision {revision}")]
    Unknown {
        /// Id of the change.
        change_id: ChangeId,
        /// Revision without an approval.
        revision: u32,
    },
    /// Reading or writing the ledger failed.
    #[error("cannot read or write the ledger")]
    Ledger(#[from] LedgerError),
    /// The commit or the publish failed.
    #[error("cannot commit the transition or publish its events")]
    Flow(#[from] headgate_outbox::FlowError),
    /// Waking the workflow failed.
    #[error("cannot wake the approval workflow")]
    Wake(#[from] headgate_workflow::WakeError),
    /// Starting the workflow again failed.
    #[error("cannot start the approval workflow again")]
    Start(#[from] headgate_workflow::StartError),
    /// An event could not be serialized.
    #[error("cannot serialize an event")]
    Json(#[from] serde_json::Error),
}

/// The error that the workflow sees. Its names are stable, so that the state machine and alarms may match them.
impl From<GateError> for Diagnostic {
    fn from(error: GateError) -> Self {
        let error_type = match &error {
            GateError::Unknown { .. } => "ApprovalUnknown",
            GateError::Ledger(_) => "LedgerUnavailable",
            GateError::Flow(_) => "CommitFailed",
            GateError::Wake(_) => "WakeFailed",
            GateError::Start(_) => "StartFailed",
            GateError::Json(_) => "EventNotSerializable",
        };
        Self { error_type: error_type.to_owned(), error_message: chain(&error) }
    }
}

/// Reads the head and the approval of a revision. Fails if either is missing.
pub(crate) async fn require(
    ledger: &Ledger,
    change_id: &ChangeId,
    revision: u32,
) -> Result<ApprovalState, GateError> {
    ledger
        .approval_state(change_id, revision)
        .await?
        .ok_or_else(|| GateError::Unknown { change_id: change_id.to_owned(), revision })
}

/// Writes the head and the approval together and, if there is a decision, its event. Each write requires the
/// version that was read, so a new revision in between causes a conflict.
pub(crate) fn transition(
    state: ApprovalState,
    flow: &Flow,
    next: &Approval,
    actor: Actor,
    now: Timestamp,
) -> Result<Transition, GateError> {
    let id = &next.change_id;
    let mut head = state.head.value;
    head.updated_at = now;
    if let Some(outcome) = next.outcome {
        head.status = Status::after_decision(outcome);
    }
    let listing = Listing::change(head.created_at, id);
    let transition = Transition::new()
        .put(
            &Key::approval(id, next.revision),
            next,
            Some(state.approval.version),
            Listing::open_approval(next).as_ref(),
        )?
        .put(&Key::change(id), &head, Some(state.head.version), Some(&listing))?;
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
    let out = emit.event((id.as_str(), next.revision), "", decided)?;
    Ok(transition.publishing(out).marked(decided_marker(id, next.revision), now))
}

/// Removes the comment of a withdrawn vote, because the size of the event is limited.
fn without_comment(withdrawal: &Withdrawal) -> Withdrawal {
    let mut withdrawal = withdrawal.clone();
    withdrawal.vote.comment.clear();
    withdrawal
}

/// Key of the marker and the outbox entry of a decision.
pub(crate) fn decided_marker(change_id: &ChangeId, revision: u32) -> Key {
    Key::marker(GATE, &event_id(ApprovalDecided::TYPE, change_id.as_str(), revision, ""))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_workflow_sees_stable_names_and_the_causes() {
        let unknown = GateError::Unknown { change_id: "chg-1".into(), revision: 2 };
        let shown = Diagnostic::from(unknown);
        assert_eq!(shown.error_type, "ApprovalUnknown");
        assert_eq!(shown.error_message, "the ledger has no approval for change chg-1, revision 2");
        let json = serde_json::from_str::<u8>("x").map_err(GateError::Json);
        let shown = json.map_err(Diagnostic::from).unwrap_err();
        assert_eq!(shown.error_type, "EventNotSerializable");
        assert!(shown.error_message.contains("expected value"), "{}", shown.error_message);
    }
}
