//! What people do about a phase that does not go on by itself.

use axum::extract::State;
use headgate_api_types::engagements::{CancelRequest, WayOnRequest};
use headgate_domain::text::one_line;
use headgate_engagements::{At, Command, Course};
use headgate_events::EngagementId;
use headgate_http::{ApiError, Authenticated, Json, Path};

use crate::api::party::{owner, skipper};
use crate::api::perform::{apply, perform};
use crate::deps::Api;

/// Longest reason that is stored, in bytes.
const MAX_REASON: usize = 1_000;

/// `POST /v1/engagements/{id}/phases/{phase}/resume`.
pub(super) async fn resume(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Path((id, phase)): Path<(EngagementId, String)>,
    Json(WayOnRequest { attempt, reason }): Json<WayOnRequest>,
) -> Result<Json<Course>, ApiError> {
    let reason = given(&reason)?;
    let at = At { phase: &phase, attempt };
    perform(&api, &principal, &id, |engagement, course, now| {
        let actor = owner(&principal, engagement)?;
        let command = Command::Resume { at, reason: &reason };
        Ok((actor, apply(course, command, now)?))
    })
    .await
}

/// `POST /v1/engagements/{id}/phases/{phase}/skip`. Only operators: what nobody has reviewed counts as done afterwards.
pub(super) async fn skip(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Path((id, phase)): Path<(EngagementId, String)>,
    Json(WayOnRequest { attempt, reason }): Json<WayOnRequest>,
) -> Result<Json<Course>, ApiError> {
    let reason = given(&reason)?;
    let at = At { phase: &phase, attempt };
    perform(&api, &principal, &id, |engagement, course, now| {
        let actor = skipper(&api, &principal, engagement, course)?;
        let command = Command::Skip { at, reason: &reason };
        Ok((actor, apply(course, command, now)?))
    })
    .await
}

/// `POST /v1/engagements/{id}/cancel`.
pub(super) async fn cancel(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Path(id): Path<EngagementId>,
    Json(CancelRequest { reason }): Json<CancelRequest>,
) -> Result<Json<Course>, ApiError> {
    let reason = given(&reason)?;
    perform(&api, &principal, &id, |engagement, course, now| {
        let actor = owner(&principal, engagement)?;
        let command = Command::Cancel { reason: &reason };
        Ok((actor, apply(course, command, now)?))
    })
    .await
}

fn given(reason: &str) -> Result<String, ApiError> {
    if reason.trim().is_empty() {
        return Err(ApiError::bad_request("reason_missing", "say why: it is on the timeline"));
    }
    Ok(one_line(reason, MAX_REASON))
}
