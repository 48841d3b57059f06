//! `GET /v1/changes/{id}/artifacts/{sha256}`: a URL to download an artifact of the current revision.

use axum::extract::State;
use headgate_api_types::artifacts::Download;
use headgate_domain::content::PLAN_FILE;
use headgate_domain::records::{ChangeHead, Revision};
use headgate_events::{Artifact, ChangeId, Dossier};
use headgate_http::{ApiError, Json, Path};
use headgate_ledger::Key;
use headgate_review::Report;

use crate::deps::{Answer, Api, read};
use crate::reader::Reader;

/// Role that may read what an apply reads.
const EXECUTOR: &str = "executor";

pub(crate) async fn artifact(
    State(api): State<Api>,
    Reader(principal): Reader,
    Path((id, sha256)): Path<(ChangeId, String)>,
) -> Answer<Download> {
    let Some(head) = read::<ChangeHead>(&api.ledger, &Key::change(&id)).await? else {
        return Err(ApiError::not_found("change"));
    };
    let key = Key::revision(&id, head.revision);
    let Some(stored) = read::<Revision>(&api.ledger, &key).await? else {
        return Err(ApiError::not_found("revision"));
    };
    let review = read::<Report>(&api.ledger, &Key::review(&id, head.revision)).await?;
    let dossier = &stored.proposed.dossier;
    let archive = review.and_then(|report| report.archive);
    let mut all = std::iter::once(&dossier.plan).chain(&dossier.evidence).chain(&archive);
    let Some(artifact) = all.find(|artifact| artifact.sha256 == sha256) else {
        return Err(ApiError::not_found("artifact with this SHA-256 in the current revision"));
    };
    if holds_secrets(dossier, artifact) {
        // Both contain sensitive values in clear. `GET /v1/changes/{id}/plan` hides them.
        principal.require(EXECUTOR)?;
    }
    let signed = api.artifacts.download_url(artifact).await?;
    let Artifact { uri, sha256, bytes, media_type } = artifact.clone();
    let expires_in_seconds = signed.expires_in_seconds;
    Ok(Json(Download { uri, sha256, bytes, media_type, url: signed.url, expires_in_seconds }))
}

/// Whether it is the plan or the plan file, under whichever media type it is listed.
fn holds_secrets(dossier: &Dossier, artifact: &Artifact) -> bool {
    let files = dossier.evidence.iter().filter(|other| other.media_type == PLAN_FILE);
    files.chain([&dossier.plan]).any(|other| other.sha256 == artifact.sha256)
}
