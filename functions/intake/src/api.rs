//! The routes: uploads, proposals, engagements and requests for evaluations.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use headgate_api_types::artifacts::{Upload, UploadRequest};
use headgate_api_types::changes::{ProposeRequest, Proposed};
use headgate_api_types::engagements::EngageRequest;
use headgate_domain::canonical::digest;
use headgate_domain::records::Engagement;
use headgate_domain::{guards, ids};
use headgate_events::latest::ChangeProposed;
use headgate_events::{ActorKind, Event, Payload as _, event_id};
use headgate_http::{ApiError, Authenticated, Json, Principal};
use headgate_ledger::{Commit, Key, Transition};

use crate::deps::Api;
use crate::evaluate::{EVALUATOR, evaluate};
use crate::oversized::{not_published, not_stored};

/// Role that lets people propose changes. Agents do not need it.
const PROPOSER: &str = "proposer";

/// The routes.
pub fn router(api: Api) -> Router {
    Router::new()
        .route("/v1/artifacts", post(upload))
        .route("/v1/changes", post(propose))
        .route("/v1/engagements", post(engage))
        .route("/v1/evaluations", post(evaluate))
        .with_state(api)
}

fn may_propose(principal: &Principal) -> Result<(), ApiError> {
    if principal.kind == ActorKind::Agent { Ok(()) } else { principal.require(PROPOSER) }
}

async fn upload(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Json(request): Json<UploadRequest>,
) -> Result<(StatusCode, Json<Upload>), ApiError> {
    if principal.require(EVALUATOR).is_err() {
        may_propose(&principal)?;
    }
    let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    if request.sha256.len() != 64 || !request.sha256.bytes().all(hex) {
        return Err(ApiError::bad_request(
            "artifact_digest_invalid",
            "sha256 must be 64 lower-case hex digits",
        ));
    }
    let visible = |b: u8| (b' '..=b'~').contains(&b);
    if !(1..=255).contains(&request.media_type.len()) || !request.media_type.bytes().all(visible) {
        return Err(ApiError::bad_request(
            "media_type_invalid",
            "media_type must be 1 to 255 printable ASCII characters, for example application/json",
        ));
    }
    let upload = api.artifacts.upload_url(&request.sha256, &request.media_type).await?;
    let answer = Upload {
        uri: upload.uri,
        url: upload.url,
        headers: upload.headers,
        expires_in_seconds: upload.expires_in_seconds,
    };
    Ok((StatusCode::CREATED, Json(answer)))
}

async fn propose(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Json(request): Json<ProposeRequest>,
) -> Result<(StatusCode, Json<Proposed>), ApiError> {
    may_propose(&principal)?;
    let ProposeRequest { change_id, proposed } = request;
    if principal.kind == ActorKind::Agent
        && proposed.agent.as_ref().map(|a| &a.id) != Some(&principal.id)
    {
        return Err(ApiError::forbidden(
            "identity_mismatch",
            format!(
                "`{}` may only propose in its own name; set `agent.id` to its id",
                principal.id
            ),
        ));
    }
    let environment = api.environments.get(&proposed.environment);
    let environment = environment.ok_or_else(|| api.environments.names());
    let reasons = guards::admission(&change_id, &proposed, environment);
    if !reasons.is_empty() {
        let all: Vec<_> = reasons.iter().map(|r| format!("{}: {}", r.code, r.message)).collect();
        return Err(ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "change_refused",
            all.join("; "),
        ));
    }
    let content = digest(&proposed)?;
    let revision = proposed.revision;
    // The id depends on the content only, so sending a proposal again yields the same event.
    let id = event_id(ChangeProposed::TYPE, change_id.as_str(), revision, &content);
    let engagement = proposed.engagement_id.clone();
    let mut event = Event::new(
        id.clone(),
        "headgate.intake-api",
        change_id.as_str(),
        (api.flow.clock)(),
        &engagement,
        principal.actor(),
        proposed,
    );
    event.traceparent = headgate_http::traceparent();
    let event = event.outgoing()?;
    api.flow.bus.publish(&[event]).await.map_err(not_published)?;
    Ok((StatusCode::ACCEPTED, Json(Proposed { change_id, revision, event_id: id })))
}

async fn engage(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Json(request): Json<EngageRequest>,
) -> Result<(StatusCode, Json<Engagement>), ApiError> {
    principal.require_human()?;
    principal.require(PROPOSER)?;
    let EngageRequest { engagement_id, goal, acceptance_criteria, environment } = request;
    if !ids::is_valid(engagement_id.as_str()) {
        return Err(ApiError::bad_request(
            "id_invalid",
            "the engagement id must be 1 to 64 characters of a-z, 0-9 and -, and begin with a letter or digit",
        ));
    }
    if api.environments.get(&environment).is_none() {
        let known = api.environments.names();
        let message = format!("this fleet has no environment `{environment}`; use one of: {known}");
        return Err(ApiError::bad_request("environment_unknown", message));
    }
    let engagement = Engagement {
        engagement_id,
        goal,
        owner: principal.id,
        acceptance_criteria,
        environment,
        created_at: (api.flow.clock)(),
    };
    let key = Key::engagement(&engagement.engagement_id);
    let create = Transition::new().create(&key, &engagement)?;
    match api.flow.ledger.commit(&create).await.map_err(not_stored)? {
        Commit::Applied => Ok((StatusCode::CREATED, Json(engagement))),
        Commit::Duplicate | Commit::Conflict => Err(ApiError::conflict(
            "engagement_exists",
            "an engagement with this id already exists; choose another id",
        )),
    }
}
