//! A slice of waiting ended.

use headgate_events::latest::ApprovalReminded;
use headgate_events::{Actor, Payload as _, event_id};
use headgate_flow::{Emit, Flow};
use headgate_ledger::{Key, Transition};
use serde::{Deserialize, Serialize};

use crate::GATE;
use crate::state::{GateError, State, decided_marker};

/// Input of the task.
#[derive(Debug, Clone, Deserialize)]
pub struct SliceEnd {
    /// The change.
    pub change_id: String,
    /// The revision.
    pub revision: u32,
    /// The slice that ended.
    pub slice: u32,
}

/// What the workflow does next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextSlice {
    /// `waiting`, `decided`, `expired` or `superseded`; the workflow goes on only with the first.
    pub state: &'static str,
    /// The change.
    pub change_id: String,
    /// The revision.
    pub revision: u32,
    /// The slice that comes.
    pub slice: u32,
}

/// Looks for the decision, expires what is due, reminds people of the rest.
///
/// # Errors
/// [`GateError`].
pub async fn end_slice(flow: &Flow, input: SliceEnd) -> Result<NextSlice, GateError> {
    let SliceEnd { change_id, revision, slice } = input;
    let next =
        |state| NextSlice { state, change_id: change_id.clone(), revision, slice: slice + 1 };
    let mut state = State::require(&flow.ledger, &change_id, revision).await?;
    if !state.superseded() && state.approval.value.clone().expire((flow.clock)()) {
        expire(flow, &change_id, revision).await?;
        state = State::require(&flow.ledger, &change_id, revision).await?;
    }
    if state.superseded() {
        return Ok(next("superseded"));
    }
    match state.approval.value.outcome {
        Some(headgate_events::Outcome::Expired) => {
            flow.heal(&decided_marker(&change_id, revision)).await?;
            Ok(next("expired"))
        }
        Some(_) => {
            flow.heal(&decided_marker(&change_id, revision)).await?;
            Ok(next("decided"))
        }
        None => {
            remind(flow, &state, slice).await?;
            Ok(next("waiting"))
        }
    }
}

/// Expires an approval that is due. A vote that came first wins: then there is nothing to expire.
async fn expire(flow: &Flow, change_id: &str, revision: u32) -> Result<(), GateError> {
    let marker = decided_marker(change_id, revision);
    flow.commit(async || {
        let now = (flow.clock)();
        let state = State::require(&flow.ledger, change_id, revision).await?;
        let mut approval = state.approval.value.clone();
        if state.superseded() || !approval.expire(now) {
            // Decided meanwhile: its marker is there, so that this writes nothing.
            return Ok(Transition::new().marked(marker.clone(), now));
        }
        state.transition(flow, &approval, Actor::system(flow.function), now)
    })
    .await
    .map(|_: bool| ())
}

async fn remind(flow: &Flow, state: &State, slice: u32) -> Result<(), GateError> {
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
