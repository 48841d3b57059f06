//! The routes: uploads, proposals and requests for evaluations.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use headgate_api_types::artifacts::{Upload, UploadRequest};
use headgate_api_types::changes::{ProposeRequest, Proposed};
use headgate_artifacts::Folder;
use headgate_domain::canonical::digest;
use headgate_domain::content::SARIF;
use headgate_domain::guards;
use headgate_events::latest::{ChangeProposed, ChangeRefused};
use headgate_events::{Actor, ActorKind, ChangeId, Event, Payload as _, Reason, event_id};
use headgate_http::{ApiError, Authenticated, Json, Principal};
use headgate_ledger::{Key, Ledger, Marker};

use crate::deps::Api;
use crate::engagements::unknown_engagement;
use crate::evaluate::evaluate;
use crate::publish::{SOURCE, publish};
use crate::roles::{EVALUATOR, PROPOSER};

/// Most times that the same proposal is tried again after it was refused.
const MAX_ATTEMPTS: u32 = 50;

/// The routes.
pub fn router(api: Api) -> Router {
    Router::new()
        .route("/v1/artifacts", post(upload))
        .route("/v1/changes", post(propose))
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
    let folder = folder(&principal.actor(), &request.media_type);
    let upload = api.artifacts.upload_url(&folder, &request.sha256, &request.media_type).await?;
    let answer = Upload {
        uri: upload.uri,
        url: upload.url,
        headers: upload.headers,
        expires_in_seconds: upload.expires_in_seconds,
    };
    Ok((StatusCode::CREATED, Json(answer)))
}

/// Where an upload goes: results of scanners are for everybody to name as evidence, everything else only for its uploader.
fn folder(actor: &Actor, media_type: &str) -> Folder {
    if media_type == SARIF { Folder::scans(actor) } else { Folder::of(actor) }
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
    if let Some(agent) = &proposed.agent {
        let registered = api.agents.require(agent.id.as_str());
        let allowed = registered.and_then(|registered| registered.may_use(agent));
        allowed.map_err(|Reason { code, message }| ApiError::forbidden(&code, message))?;
    }
    let environment = api.environments.get(&proposed.environment);
    let environment = environment.ok_or_else(|| api.environments.names());
    let mut reasons = guards::admission(&change_id, &proposed, environment);
    reasons.extend(unknown_engagement(&api.flow.ledger, &proposed.engagement_id).await?);
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
    let name = format!("{content} {}", principal.id);
    let id = unrefused(&api.flow.ledger, &change_id, revision, &name).await?;
    let engagement = proposed.engagement_id.clone();
    let mut event = Event::new(
        id.clone(),
        SOURCE,
        change_id.as_str(),
        (api.flow.clock)(),
        &engagement,
        principal.actor(),
        proposed,
    );
    event.traceparent = headgate_http::traceparent();
    let event = event.outgoing()?;
    publish(&api, event).await?;
    Ok((StatusCode::ACCEPTED, Json(Proposed { change_id, revision, event_id: id })))
}

/// The id of a proposal. It depends on the caller and the content only, so sending a proposal again yields the same event. Without the
/// caller, a refused proposal of somebody else with the same content would make this one look like a copy.
///
/// If `intake` refused it, sending it again is another attempt: what was in its way may be gone.
async fn unrefused(
    ledger: &Ledger,
    change: &ChangeId,
    revision: u32,
    name: &str,
) -> Result<String, ApiError> {
    for attempt in 1..=MAX_ATTEMPTS {
        let name = if attempt == 1 { name.to_owned() } else { format!("{name} {attempt}") };
        let id = event_id(ChangeProposed::TYPE, change.as_str(), revision, &name);
        let marker = Key::marker("intake", &format!("{SOURCE}#{id}"));
        let answered = ledger.marker(&marker).await?;
        let refused = |(marker, _): &(Marker, bool)| {
            marker.outbox.iter().any(|event| event.kind == ChangeRefused::TYPE)
        };
        if !answered.as_ref().is_some_and(refused) {
            return Ok(id);
        }
    }
    let message = format!("this proposal was refused {MAX_ATTEMPTS} times; change it");
    Err(ApiError::conflict("refused_too_often", message))
}

#[cfg(test)]
mod tests {
    use super::{Actor, ActorKind, Folder, SARIF, folder};

    #[test]
    fn only_scans_are_uploaded_for_everybody() {
        let dana = Actor { kind: ActorKind::Human, id: "dana".into(), on_behalf_of: None };
        assert_eq!(folder(&dana, SARIF), Folder::scans(&dana));
        for other in ["application/json", "application/sarif+json; charset=utf-8", ""] {
            assert_eq!(folder(&dana, other), Folder::of(&dana), "{other}");
        }
    }
}
