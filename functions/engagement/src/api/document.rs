//! What was agreed, from the document that a person sends with an engagement.

use headgate_api_types::engagements::EngageRequest;
use headgate_artifacts::{ArtifactError, Folder};
use headgate_documents::{Agreed, MAX_BYTES, Unread, text};
use headgate_domain::engagement::Scope;
use headgate_events::Artifact;
use headgate_http::{ApiError, Principal};

use crate::deps::Api;

/// Fills in what a request leaves open from its document. What the request says itself, counts.
pub(super) async fn fill(
    api: &Api,
    principal: &Principal,
    request: EngageRequest,
) -> Result<EngageRequest, ApiError> {
    let Some(document) = &request.document else { return Ok(request) };
    let bytes = read(api, principal, document).await?;
    let refuse = |unread: Unread| ApiError::bad_request("document_unreadable", unread.to_string());
    let text = text(&document.media_type, &bytes).map_err(refuse)?;
    let Agreed { goal, acceptance_criteria, scope } = Agreed::read(&text).map_err(refuse)?;
    Ok(EngageRequest {
        goal: request.goal.or(goal),
        acceptance_criteria: either(request.acceptance_criteria, acceptance_criteria),
        scope: filled(request.scope, scope),
        ..request
    })
}

/// The document, if the caller has uploaded it.
async fn read(api: &Api, principal: &Principal, document: &Artifact) -> Result<Vec<u8>, ApiError> {
    if !api.artifacts.is_in(&Folder::of(&principal.actor()), document) {
        let message = format!(
            "{} is not an upload of yours with this digest; upload it with `POST /v1/artifacts`",
            document.uri
        );
        return Err(ApiError::bad_request("artifact_of_others", message));
    }
    if document.bytes > MAX_BYTES {
        return Err(ApiError::bad_request("document_unreadable", Unread::TooLarge.to_string()));
    }
    match api.artifacts.get(document).await {
        Ok(bytes) => Ok(bytes),
        Err(error @ ArtifactError::S3(_)) => Err(error.into()),
        Err(error) => Err(ApiError::bad_request("document_unreadable", error.to_string())),
    }
}

fn either(own: Vec<String>, read: Vec<String>) -> Vec<String> {
    if own.is_empty() { read } else { own }
}

fn filled(own: Scope, read: Scope) -> Scope {
    Scope {
        objectives: either(own.objectives, read.objectives),
        requirements: either(own.requirements, read.requirements),
        constraints: either(own.constraints, read.constraints),
        assumptions: either(own.assumptions, read.assumptions),
        deliverables: either(own.deliverables, read.deliverables),
        timeline: either(own.timeline, read.timeline),
        repositories: either(own.repositories, read.repositories),
        stakeholders: either(own.stakeholders, read.stakeholders),
        exit_criteria: either(own.exit_criteria, read.exit_criteria),
        wont_do: either(own.wont_do, read.wont_do),
    }
}
