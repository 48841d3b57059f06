//! Begins a waiting slice.

use headgate_events::latest::ApprovalRequested;
use headgate_events::{ChangeId, Payload as _, event_id};
use headgate_ledger::{ApprovalState, Key, Transition};
use headgate_outbox::{Emit, Flow};
use headgate_workflow::{Approvals, TaskToken};
use serde::Deserialize;

use crate::GATE;
use crate::state::{GateError, decided_marker, require};

/// Input of the task, as the workflow sends it.
#[derive(Deserialize)]
pub struct OpenGate {
    /// Id of the change.
    pub change_id: ChangeId,
    /// Revision that awaits a decision.
    pub revision: u32,
    /// Number of the waiting slice, starting at 1.
    pub slice: u32,
    /// Task token of this slice.
    pub token: String,
}

/// Stores the token and publishes the request for approval, once. If the change is already decided, the slice
/// ends at once.
///
/// # Errors
/// [`GateError`].
pub async fn open(flow: &Flow, approvals: &Approvals, input: OpenGate) -> Result<(), GateError> {
    let OpenGate { change_id, revision, slice, token } = input;
    let token = TaskToken { token, slice };
    approvals.keep(&change_id, revision, &token).await?;
    ask(flow, &change_id, revision).await?;
    // Look for a decision only now: a vote that committed before the token was stored could not wake this
    // slice; a vote that commits later finds the token.
    let state = require(&flow.ledger, &change_id, revision).await?;
    if let Some(outcome) = state.approval.value.outcome {
        flow.heal(&decided_marker(&change_id, revision)).await?;
        let wake = approvals.send(&token, outcome).await?;
        tracing::info!(change.id = change_id.as_str(), workflow.wake = ?wake, "decided before the slice began");
    }
    Ok(())
}

async fn ask(flow: &Flow, change_id: &ChangeId, revision: u32) -> Result<(), GateError> {
    let marker =
        Key::marker(GATE, &event_id(ApprovalRequested::TYPE, change_id.as_str(), revision, ""));
    if flow.heal(&marker).await? {
        return Ok(());
    }
    flow.commit(async || {
        let now = (flow.clock)();
        let ApprovalState { head, approval } = require(&flow.ledger, change_id, revision).await?;
        let approval = approval.value;
        let requested = ApprovalRequested {
            revision,
            environment: head.value.environment,
            content_hash: approval.content_hash,
            gate: approval.gate,
            expires_at: approval.expires_at,
        };
        let out = Emit::new(flow.function, now, &head.value.engagement_id).event(
            (change_id.as_str(), revision),
            "",
            requested,
        )?;
        Ok(Transition::new().publishing(out).marked(marker.clone(), now))
    })
    .await
    .map(|_: bool| ())
}
