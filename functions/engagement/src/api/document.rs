//! The statement of work that an engagement was read from. Nothing here reads it: the command line does, and people look at what it has read.

use headgate_artifacts::{ArtifactError, Folder};
use headgate_events::Artifact;
use headgate_http::{ApiError, Principal};

use crate::deps::Api;

/// Largest statement of work, in bytes. It is read here to check its digest.
const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// Checks that a document is an upload of the caller, and is what they say.
pub(super) async fn check(
    api: &Api,
    principal: &Principal,
    document: &Artifact,
) -> Result<(), ApiError> {
    if !api.artifacts.is_in(&Folder::of(&principal.actor()), document) {
        let message = format!(
            "{} is not an upload of yours with this digest; upload it with `POST /v1/artifacts`",
            document.uri
        );
        return Err(ApiError::bad_request("artifact_of_others", message));
    }
    if document.bytes > MAX_BYTES {
        let message = format!("the document may have at most {MAX_BYTES} bytes");
        return Err(ApiError::bad_request("document_invalid", message));
    }
    match api.artifacts.get(document).await {
        Ok(_) => Ok(()),
        Err(error @ ArtifactError::S3(_)) => Err(error.into()),
        Err(error) => Err(ApiError::bad_request("document_invalid", error.to_string())),
    }
}
