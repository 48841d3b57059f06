//! `POST /v1/changes/{id}/decisions`.

use axum::extract::{Path, State as Deps};
use headgate_domain::approval::{Ballot, VoteError};
use headgate_events::{Outcome, VoteKind};
use headgate_flow::Attempts;
use headgate_http::{ApiError, Authenticated, Json, Principal};
use headgate_ledger::{Commit, Key};
use headgate_review::Report;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::permits::{environment, still_stands};
use super::{Api, Failure};
use crate::state::State;

/// Longest comment that is kept, in characters.
const MAX_COMMENT: usize = 2_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decision {
    revision: u32,
    content_hash: String,
    vote: VoteKind,
    #[serde(default)]
    comment: String,
}

#[derive(Serialize)]
pub(super) struct Counted {
    change_id: String,
    revision: u32,
    /// The decision, if this vote closed the gate.
    outcome: Option<Outcome>,
    /// Approvals still missing.
    missing: u32,
}

pub(super) async fn decide(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path(id): Path<String>,
    Json(decision): Json<Decision>,
) -> Result<Json<Counted>, ApiError> {
    principal.require_human()?;
    let counted = vote(&api, &principal, &id, &decision).await?;
    if let Some(outcome) = counted.outcome {
        // The decision stands whether or not anybody is woken: the next slice finds it.
        match api.approvals.wake(&id, counted.revision, outcome).await {
            Ok(wake) => tracing::info!(change.id = id, workflow.wake = ?wake, "decided"),
            Err(error) => {
                let error = headgate_runtime::telemetry::chain(&error);
                tracing::warn!(change.id = id, error, "decided; the workflow is not woken yet");
            }
        }
    }
    Ok(Json(counted))
}

async fn vote(
    api: &Api,
    principal: &Principal,
    id: &str,
    decision: &Decision,
) -> Result<Counted, Failure> {
    let flow = &api.flow;
    let mut attempts = Attempts::default();
    loop {
        let now = (flow.clock)();
        let current = current(api, id, decision.revision, now).await?;
        let mut approval = current.approval.value.clone();
        let ballot = Ballot {
            principal: principal.id.clone(),
            roles: principal.roles.clone(),
            revision: decision.revision,
            content_hash: decision.content_hash.clone(),
            vote: decision.vote,
            comment: decision.comment.chars().take(MAX_COMMENT).collect(),
        };
        let outcome = approval.cast(ballot, now).map_err(|e| Failure::Said(said(&e)))?;
        let transition = current.transition(flow, &approval, principal.actor(), now)?;
        if flow.apply(&transition).await? == Commit::Applied {
            let (revision, missing) = (approval.revision, approval.missing());
            return Ok(Counted { change_id: id.to_owned(), revision, outcome, missing });
        }
        attempts.again().await?;
    }
}

/// The approval that stands to decision. An older revision's is void, and so is one under other policies
/// or one of a review that is too long ago.
async fn current(api: &Api, id: &str, revision: u32, now: Timestamp) -> Result<State, Failure> {
    let ledger = &api.flow.ledger;
    let state = State::read(ledger, id, revision).await?;
    let review = ledger.get::<Report>(&Key::review(id, revision)).await?;
    let (Some(state), Some(review)) = (state, review) else {
        return Err(Failure::Said(ApiError::not_found("approval of that change and revision")));
    };
    if state.superseded() {
        let now = state.head.value.revision;
        return Err(Failure::Said(ApiError::conflict(
            "revision_superseded",
            format!("revision {now} has taken the place of revision {revision}; decide on that"),
        )));
    }
    let environment = environment(api, &state.head.value.environment)?;
    still_stands(&review.value, environment, now)?;
    Ok(state)
}

fn said(error: &VoteError) -> ApiError {
    let message = error.to_string();
    match error {
        VoteError::RoleMissing(_) | VoteError::Barred(_) => {
            ApiError::forbidden(error.code(), message)
        }
        VoteError::Decided(_)
        | VoteError::Expired(_)
        | VoteError::OtherContent { .. }
        | VoteError::AlreadyVoted(_) => ApiError::conflict(error.code(), message),
    }
}
