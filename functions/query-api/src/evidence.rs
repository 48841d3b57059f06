//! `GET /v1/changes/{id}/evidence/{sha256}`: where to download a piece of evidence.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use headgate_api_types::changes::Evidence;
use headgate_artifacts::{ArtifactError, Download};
use headgate_domain::content::{PLAN_FILE, VALUES};
use headgate_events::{Artifact, ChangeId};
use headgate_http::{ApiError, Json, Path, Reader};
use serde::de::IgnoredAny;

use crate::deps::{Answer, Api};
use crate::sight::current;

/// Only evidence of the current revision, and only what its proposer uploaded: `intake` refuses artifacts of others.
pub(crate) async fn evidence(
    State(api): State<Api>,
    reader: Reader,
    Path((id, sha256)): Path<(ChangeId, String)>,
) -> Answer<Evidence> {
    let (head, stored) = current(&api, &reader, &id).await?;
    let named = stored.proposed.dossier.evidence.iter().find(|a| a.sha256 == sha256);
    let Some(artifact) = named else {
        return Err(ApiError::not_found("evidence in the current revision"));
    };
    if artifact.media_type == PLAN_FILE {
        let message = "sensitive values are in clear in a plan file; `GET /v1/changes/{id}/plan` shows what may be shown of it";
        return Err(ApiError::forbidden("plan_file_withheld", message));
    }
    if artifact.media_type == VALUES {
        let message = "values of variables may be sensitive; the findings of the review say whether the plan has them";
        return Err(ApiError::forbidden("values_withheld", message));
    }
    if !api.artifacts.is_upload(artifact) {
        let message = "this was uploaded before uploads belonged to their uploader; ask for a new revision, which uploads it again";
        return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "evidence_unbound", message));
    }
    let Download { url, expires_in_seconds } = checked(&api, artifact).await?;
    let artifact = artifact.clone();
    Ok(Json(Evidence { revision: head.revision, artifact, url, expires_in_seconds }))
}

/// Where to download an upload that is what was reported, and no plan, whatever it is called.
pub(crate) async fn checked(api: &Api, artifact: &Artifact) -> Result<Download, ApiError> {
    // Reading it here checks its digest, too.
    let bytes = match api.artifacts.get(artifact).await {
        Ok(bytes) => bytes,
        Err(error @ ArtifactError::S3(_)) => return Err(error.into()),
        Err(error) => {
            let message = format!("the evidence is not what was proposed: {error}");
            return Err(ApiError::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "evidence_replaced",
                message,
            ));
        }
    };
    if is_plan(&bytes) {
        let message = "this is a plan, whose sensitive values are in clear; `GET /v1/changes/{id}/plan` shows what may be shown of the proposed one";
        return Err(ApiError::forbidden("plan_withheld", message));
    }
    Ok(api.artifacts.download_url(artifact).await?)
}

/// Whether these are a plan as JSON, a state, or a plan file.
fn is_plan(bytes: &[u8]) -> bool {
    // A plan, the state in one, and a state.
    const SIGNS: [&[&str]; 5] = [
        &["planned_values"],
        &["resource_changes"],
        &["prior_state"],
        &["format_version", "values"],
        &["lineage", "serial"],
    ];
    let json = serde_json::from_slice::<BTreeMap<String, IgnoredAny>>(bytes);
    let json = json.is_ok_and(|members| {
        SIGNS.iter().any(|sign| sign.iter().all(|member| members.contains_key(*member)))
    });
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    json || (bytes.starts_with(b"PK") && (holds(b"tfplan") || holds(b"tfstate")))
}
