//! `GET /v1/changes/{id}/plan`: what people decide on, resource by resource.

use std::borrow::Cow;

use axum::extract::State;
use axum::http::StatusCode;
use headgate_api_types::changes;
use headgate_artifacts::ArtifactError;
use headgate_domain::plan::{Plan, ResourceChange, ShownResource};
use headgate_events::ChangeId;
use headgate_http::{ApiError, Json, PageQuery, Path, Query};
use serde::Deserialize;

use crate::deps::{Answer, Api, current};
use crate::reader::Reader;

/// Largest plan that is shown, in bytes. Parsing takes up to 28 times as much memory: shared/core/review/tests/memory.rs measures it.
const MAX_PLAN: u64 = 8 * 1024 * 1024;
/// A page ends after so many bytes of JSON. A function may answer with 6 MB.
const PAGE_BYTES: usize = 1024 * 1024;

#[derive(Deserialize)]
pub(crate) struct After {
    #[serde(default)]
    after: u32,
}

pub(crate) async fn plan(
    State(api): State<Api>,
    Reader(_): Reader,
    Path(id): Path<ChangeId>,
    Query(After { after }): Query<After>,
    Query(page): Query<PageQuery>,
) -> Answer<changes::Plan> {
    let limit = usize::try_from(page.limit()?).unwrap_or_default();
    let (head, stored) = current(&api, &id).await?;
    let artifact = &stored.proposed.dossier.plan;
    if artifact.bytes > MAX_PLAN {
        let message = format!(
            "the plan has {} bytes, and up to {MAX_PLAN} are shown; download {} and read it with `terraform show`",
            artifact.bytes, artifact.uri
        );
        return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "plan_too_large", message));
    }
    // Checked against its digest, so people see the plan that their decision is bound to.
    let bytes = match api.artifacts.get(artifact).await {
        Ok(bytes) => bytes,
        Err(error @ ArtifactError::S3(_)) => return Err(error.into()),
        Err(error) => return Err(unreadable(&error)),
    };
    let plan = Plan::parse(&bytes).map_err(|error| unreadable(&error))?;
    let (summary, all) = (plan.summary(), plan.changed());
    let start = usize::try_from(after).unwrap_or(usize::MAX).min(all.len());
    let resources = one_page(&all[start..], limit)?;
    let end = start + resources.len();
    Ok(Json(changes::Plan {
        revision: head.revision,
        plan_sha256: artifact.sha256.clone(),
        summary,
        resources,
        notes: plan.notes(),
        next_after: if end < all.len() { u32::try_from(end).ok() } else { None },
    }))
}

fn unreadable(error: &dyn std::error::Error) -> ApiError {
    let message = format!("the plan cannot be shown: {error}; do not approve what you cannot see");
    ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "plan_unreadable", message)
}

/// The first resources, as many as fit; at least one.
fn one_page(all: &[Cow<'_, ResourceChange>], limit: usize) -> Result<Vec<ShownResource>, ApiError> {
    let (mut page, mut bytes) = (Vec::new(), 0);
    for resource in all.iter().take(limit).map(|resource| resource.shown()) {
        bytes += serde_json::to_string(&resource)?.len();
        if bytes > PAGE_BYTES && !page.is_empty() {
            break;
        }
        page.push(resource);
    }
    Ok(page)
}
