//! `GET /v1/engagements/{id}/deliverables`: what the phases have handed in, and where to download it.

use axum::extract::State;
use headgate_api_types::engagements::{Deliverable, Deliverables, Engagement, HandedIn};
use headgate_artifacts::{Download, Folder};
use headgate_domain::ids;
use headgate_events::EngagementId;
use headgate_http::{ApiError, Json, Path, Query, Reader};
use headgate_ledger::Key;
use serde::Deserialize;

use crate::deps::{Answer, Api, read};
use crate::evidence::checked;
use crate::sight;

/// Most results in an answer: each may have 100 KB.
const PAGE: i32 = 25;

/// The phase and the attempt of the last result of the page before.
#[derive(Deserialize)]
pub(crate) struct After {
    phase: Option<String>,
    attempt: Option<u32>,
}

pub(crate) async fn deliverables(
    State(api): State<Api>,
    reader: Reader,
    Path(id): Path<EngagementId>,
    Query(After { phase, attempt }): Query<After>,
) -> Answer<Deliverables> {
    sight::engagement(&api, &reader, &id).await?;
    if read::<Engagement>(&api.ledger, &Key::engagement(&id)).await?.is_none() {
        return Err(ApiError::not_found("engagement"));
    }
    let after = match phase.as_deref().zip(attempt) {
        Some((phase, attempt)) => Some((valid(phase)?, attempt)),
        None => None,
    };
    let (results, more) = api.ledger.submissions(&id, PAGE, after).await?;
    Ok(Json(Deliverables { results, more }))
}

/// Which attempt at which phase.
#[derive(Deserialize)]
pub(crate) struct Of {
    phase: String,
    attempt: u32,
}

/// Only what was uploaded by who handed the result in: a result can name the uploads of others, which may be withheld.
pub(crate) async fn deliverable(
    State(api): State<Api>,
    reader: Reader,
    Path((id, sha256)): Path<(EngagementId, String)>,
    Query(Of { phase, attempt }): Query<Of>,
) -> Answer<Deliverable> {
    sight::engagement(&api, &reader, &id).await?;
    let key = Key::submission(&id, valid(&phase)?, attempt);
    let kept = read::<HandedIn>(&api.ledger, &key).await?;
    let missing = || ApiError::not_found("deliverable of this attempt");
    let kept = kept.ok_or_else(missing)?;
    let made = kept.submission.deliverables.iter().map(|made| &made.artifact);
    let artifact = made.into_iter().find(|artifact| {
        artifact.sha256 == sha256 && api.artifacts.is_in(&Folder::of(&kept.by), artifact)
    });
    let artifact = artifact.ok_or_else(missing)?;
    let Download { url, expires_in_seconds } = checked(&api, artifact).await?;
    Ok(Json(Deliverable { artifact: artifact.clone(), url, expires_in_seconds }))
}

/// The id of a phase, if it can be one: what a caller sends may be too long to be a part of a key.
fn valid(phase: &str) -> Result<&str, ApiError> {
    if ids::is_valid(phase) {
        return Ok(phase);
    }
    let message =
        "`phase` must be 1 to 64 characters of a-z, 0-9 and -, and begin with a letter or digit";
    Err(ApiError::bad_request("id_invalid", message))
}
