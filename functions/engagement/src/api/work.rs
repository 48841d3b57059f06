//! The work of a phase: its usage and its result.

use axum::extract::State;
use headgate_api_types::engagements::{ReportRequest, UsageRequest};
use headgate_engagements::{At, Command, Course};
use headgate_events::EngagementId;
use headgate_http::{ApiError, Authenticated, Json, Path};

use crate::api::party::{Worker, phase, worker};
use crate::api::perform::{apply, perform};
use crate::deps::Api;

/// `POST /v1/engagements/{id}/phases/{phase}/report`.
pub(super) async fn report(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Path((id, name)): Path<(EngagementId, String)>,
    Json(request): Json<ReportRequest>,
) -> Result<Json<Course>, ApiError> {
    let ReportRequest { attempt, report } = request;
    let at = At { phase: &name, attempt };
    perform(&api, &principal, &id, |engagement, course, now| {
        let Worker { actor, barred } =
            worker(&api, &principal, engagement, &phase(course, at.phase)?)?;
        let command = Command::Report { at, report: &report, by: &actor, workers: &barred };
        let applied = apply(course, command, now)?;
        Ok((actor, applied))
    })
    .await
}

/// `POST /v1/engagements/{id}/phases/{phase}/usage`.
pub(super) async fn usage(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Path((id, name)): Path<(EngagementId, String)>,
    Json(request): Json<UsageRequest>,
) -> Result<Json<Course>, ApiError> {
    let UsageRequest { attempt, usage } = request;
    let at = At { phase: &name, attempt };
    perform(&api, &principal, &id, |engagement, course, now| {
        let Worker { actor, barred } =
            worker(&api, &principal, engagement, &phase(course, at.phase)?)?;
        let command = Command::Use { at, usage: &usage, workers: &barred };
        Ok((actor, apply(course, command, now)?))
    })
    .await
}
