//! Requests for evaluations.

use axum::extract::State;
use axum::http::StatusCode;
use headgate_api_types::evaluations::{EvaluateRequest, Requested};
use headgate_artifacts::Folder;
use headgate_domain::canonical::digest;
use headgate_domain::ids;
use headgate_events::evaluation::ENGAGEMENT;
use headgate_events::latest::EvalRequested;
use headgate_events::{Event, Payload as _, event_id};
use headgate_http::{ApiError, Authenticated, Json};

use crate::deps::Api;
use crate::publish::{SOURCE, publish};
use crate::roles::EVALUATOR;

/// Publishes a request for an evaluation. The run checks the request against its suite later and refuses it
/// if it is invalid.
pub(crate) async fn evaluate(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Json(request): Json<EvaluateRequest>,
) -> Result<(StatusCode, Json<Requested>), ApiError> {
    principal.require(EVALUATOR)?;
    let EvaluateRequest { run_id, requested } = request;
    let run_id = run_id.unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
    if !ids::is_valid(&run_id) {
        let message = "`run_id` must be 1 to 64 characters of a-z, 0-9 and -, and begin with a letter or digit";
        return Err(ApiError::bad_request("run_id_invalid", message));
    }
    if !api.artifacts.is_in(&Folder::of(&principal.actor()), &requested.suite) {
        let message = "the suite is not an upload of yours with this digest; upload it with `POST /v1/artifacts`";
        return Err(ApiError::bad_request("artifact_of_others", message));
    }
    let behind = |e: &(dyn std::error::Error + 'static)| ApiError::unavailable(e);
    let content = digest(&requested).map_err(|e| behind(&e))?;
    // The id depends on the caller and the content only, so sending a request again yields the same event.
    let id = event_id(EvalRequested::TYPE, &run_id, 0, &format!("{content} {}", principal.id));
    let (now, actor) = ((api.flow.clock)(), principal.actor());
    let mut event =
        Event::new(id.clone(), SOURCE, &run_id, now, &ENGAGEMENT.into(), actor, requested);
    event.traceparent = headgate_http::traceparent();
    let event = event.outgoing().map_err(|e| behind(&e))?;
    publish(&api, event).await?;
    Ok((StatusCode::ACCEPTED, Json(Requested { run_id, event_id: id })))
}
