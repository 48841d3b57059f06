//! Questions of agents, and the answers of people.

use axum::extract::State;
use headgate_api_types::engagements::{AnswerRequest, InterruptRequest};
use headgate_domain::ids;
use headgate_engagements::{At, Command, Course};
use headgate_events::EngagementId;
use headgate_http::{ApiError, Authenticated, Json, Path};

use crate::api::party::{Worker, owner, phase, worker};
use crate::api::perform::{apply, perform};
use crate::deps::Api;

/// `POST /v1/engagements/{id}/phases/{phase}/interrupts`.
pub(super) async fn raise(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Path((id, name)): Path<(EngagementId, String)>,
    Json(request): Json<InterruptRequest>,
) -> Result<Json<Course>, ApiError> {
    let InterruptRequest { attempt, interrupt_id, question, options } = request;
    if !ids::is_valid(&interrupt_id) {
        return Err(ApiError::bad_request(
            "id_invalid",
            "interrupt_id must be 1 to 64 characters of a-z, 0-9 and -, and begin with a letter or digit",
        ));
    }
    if question.trim().is_empty() {
        return Err(ApiError::bad_request("question_empty", "say what the question is"));
    }
    let at = At { phase: &name, attempt };
    let (asked, question, options) = (&interrupt_id, &question, &options);
    perform(&api, &principal, &id, |engagement, course, now| {
        let Worker { actor, barred } =
            worker(&api, &principal, engagement, &phase(course, at.phase)?)?;
        let command = Command::Ask { at, id: asked, question, options, workers: &barred };
        Ok((actor, apply(course, command, now)?))
    })
    .await
}

/// `POST /v1/engagements/{id}/interrupts/{interrupt}/answer`.
pub(super) async fn answer(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Path((id, interrupt)): Path<(EngagementId, String)>,
    Json(request): Json<AnswerRequest>,
) -> Result<Json<Course>, ApiError> {
    let AnswerRequest { phase, attempt, answer } = request;
    let at = At { phase: &phase, attempt };
    perform(&api, &principal, &id, |engagement, course, now| {
        let actor = owner(&principal, engagement)?;
        let command = Command::Answer { at, id: &interrupt, answer: &answer };
        Ok((actor, apply(course, command, now)?))
    })
    .await
}
