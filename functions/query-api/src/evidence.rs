//! `GET /v1/changes/{id}/evidence/{sha256}`: where to download a piece of evidence.

use axum::extract::State;
use axum::http::StatusCode;
use headgate_api_types::changes::Evidence;
use headgate_artifacts::Download;
use headgate_domain::content::PLAN_FILE;
use headgate_events::ChangeId;
use headgate_http::{ApiError, Json, Path};

use crate::deps::{Answer, Api, current};
use crate::reader::Reader;

/// Only evidence of the current revision, and only what its proposer uploaded: `intake` refuses artifacts of others.
pub(crate) async fn evidence(
    State(api): State<Api>,
    Reader(_): Reader,
    Path((id, sha256)): Path<(ChangeId, String)>,
) -> Answer<Evidence> {
    let (head, stored) = current(&api, &id).await?;
    let named = stored.proposed.dossier.evidence.iter().find(|a| a.sha256 == sha256);
    let Some(artifact) = named else {
        return Err(ApiError::not_found("evidence in the current revision"));
    };
    if artifact.media_type == PLAN_FILE {
        let message = "sensitive values are in clear in a plan file; `GET /v1/changes/{id}/plan` shows what may be shown of it";
        return Err(ApiError::forbidden("plan_file_withheld", message));
    }
    if !api.artifacts.is_upload(artifact) {
        let message = "this was uploaded before uploads belonged to their uploader; ask for a new revision, which uploads it again";
        return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "evidence_unbound", message));
    }
    let Download { url, expires_in_seconds } = api.artifacts.download_url(artifact).await?;
    let artifact = artifact.clone();
    Ok(Json(Evidence { revision: head.revision, artifact, url, expires_in_seconds }))
}
