//! Ends a waiting slice.

use headgate_events::latest::ApprovalReminded;
use headgate_events::{Actor, ChangeId, Payload as _, event_id};
use headgate_ledger::{ApprovalState, Key, Transition};
use headgate_outbox::{Emit, Flow};
use serde::{Deserialize, Serialize};

use crate::GATE;
use crate::state::{self, GateError, decided_marker, require};

/// Input of the task.
#[derive(Debug, Clone, Deserialize)]
pub struct SliceEnd {
    /// Id of the change.
    pub change_id: ChangeId,
    /// Revision that awaits a decision.
    pub revision: u32,
    /// Number of the slice that ended.
    pub slice: u32,
    /// Whether the slice did not end, but failed: then nobody is reminded, and the slice begins again.
    #[serde(default)]
    pub quiet: bool,
}

/// What becomes of the approval. The workflow continues only if it is waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SliceState {
    /// Nobody has decided yet.
    Waiting,
    /// People have decided.
    Decided,
    /// Nobody decided in time.
    Expired,
    /// A newer revision exists.
    Superseded,
}

/// Output of the task: tells the workflow what to do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextSlice {
    /// What becomes of the approval.
    pub state: SliceState,
    /// Id of the change.
    pub change_id: ChangeId,
    /// Revision that awaits a decision.
    pub revision: u32,
    /// Number of the next slice.
    pub slice: u32,
}

/// Ends a slice: looks for a decision, expires the approval if it is due, or else sends a reminder.
///
/// # Errors
/// [`GateError`].
pub async fn end_slice(flow: &Flow, input: SliceEnd) -> Result<NextSlice, GateError> {
    let SliceEnd { change_id, revision, slice, quiet } = input;
    let following = if quiet { slice } else { slice + 1 };
    let next =
        |state| NextSlice { state, change_id: change_id.clone(), revision, slice: following };
    let mut state = require(&flow.ledger, &change_id, revision).await?;
    if !state.superseded() && state.approval.value.clone().expire((flow.clock)()) {
        expire(flow, &change_id, revision).await?;
        state = require(&flow.ledger, &change_id, revision).await?;
    }
    if state.superseded() {
        return Ok(next(SliceState::Superseded));
    }
    match state.approval.value.outcome {
        Some(headgate_events::Outcome::Expired) => {
            flow.heal(&decided_marker(&change_id, revision)).await?;
            Ok(next(SliceState::Expired))
        }
        Some(_) => {
            flow.heal(&decided_marker(&change_id, revision)).await?;
            Ok(next(SliceState::Decided))
        }
        None => {
            if !quiet {
                remind(flow, &state, slice).await?;
            }
            Ok(next(SliceState::Waiting))
        }
    }
}

/// Expires an approval that is due. If a vote decides it first, the vote wins and nothing expires.
async fn expire(flow: &Flow, change_id: &ChangeId, revision: u32) -> Result<(), GateError> {
    let marker = decided_marker(change_id, revision);
    flow.commit(async || {
        let now = (flow.clock)();
        let state = require(&flow.ledger, change_id, revision).await?;
        let mut approval = state.approval.value.clone();
        if state.superseded() || !approval.expire(now) {
            // Already decided: the marker exists, so this transition writes nothing.
            return Ok(Transition::new().marked(marker.clone(), now));
        }
        state::transition(state, flow, &approval, Actor::system(flow.function), now)
    })
    .await
    .map(|_: bool| ())
}

async fn remind(flow: &Flow, state: &ApprovalState, slice: u32) -> Result<(), GateError> {
    let approval = &state.approval.value;
    let subject = (approval.change_id.as_str(), approval.revision);
    let discriminator = slice.to_string();
    let id = event_id(ApprovalReminded::TYPE, subject.0, subject.1, &discriminator);
    let marker = Key::marker(GATE, &id);
    if flow.heal(&marker).await? {
        return Ok(());
    }
    flow.commit(async || {
        let now = (flow.clock)();
        let reminded = ApprovalReminded {
            revision: approval.revision,
            slice,
            missing: approval.missing(),
            missing_roles: approval.missing_roles(),
            escalated_to: approval.escalated(now).map(|e| e.role.clone()).collect(),
            expires_at: approval.expires_at,
        };
        let emit = Emit::new(flow.function, now, &state.head.value.engagement_id);
        let out = emit.event(subject, &discriminator, reminded)?;
        Ok(Transition::new().publishing(out).marked(marker.clone(), now))
    })
    .await
    .map(|_: bool| ())
}
