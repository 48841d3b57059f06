//! `GET /v1/changes/{id}/plan`: what people decide on, resource by resource.

use std::borrow::Cow;

use axum::extract::State;
use axum::http::StatusCode;
use headgate_api_types::changes;
use headgate_artifacts::ArtifactError;
use headgate_domain::plan::{Plan, ResourceChange, ShownResource};
use headgate_events::ChangeId;
use headgate_http::{ApiError, Json, PageQuery, Path, Query, Reader};
use serde::Deserialize;

use crate::deps::{Answer, Api};
use crate::sight::current;

/// A page ends after so many bytes of JSON. A function may answer with 6 MB.
const PAGE_BYTES: usize = 1024 * 1024;

#[derive(Deserialize)]
pub(crate) struct After {
    /// Resources that the caller has seen.
    #[serde(default)]
    after: u32,
    /// Attributes of the next resource that the caller has seen.
    #[serde(default)]
    attributes: u32,
}

pub(crate) async fn plan(
    State(api): State<Api>,
    reader: Reader,
    Path(id): Path<ChangeId>,
    Query(After { after, attributes }): Query<After>,
    Query(page): Query<PageQuery>,
) -> Answer<changes::Plan> {
    let limit = usize::try_from(page.limit()?).unwrap_or_default();
    let (head, stored) = current(&api, &reader, &id).await?;
    let artifact = &stored.proposed.dossier.plan;
    // Checked against its digest, so people see the plan that their decision is bound to.
    let bytes = match api.artifacts.get(artifact).await {
        Ok(bytes) => bytes,
        Err(error @ ArtifactError::S3(_)) => return Err(error.into()),
        Err(error) => return Err(unreadable(&error)),
    };
    let plan = Plan::parse(&bytes).map_err(|error| unreadable(&error))?;
    let (summary, all) = (plan.summary(), plan.changed());
    let start = usize::try_from(after).unwrap_or(usize::MAX).min(all.len());
    let resources = one_page(&all[start..], limit, attributes)?;
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

/// The first resources, as many as fit; at least one. The first of them without the attributes that the caller has seen.
fn one_page(
    all: &[Cow<'_, ResourceChange>],
    limit: usize,
    seen: u32,
) -> Result<Vec<ShownResource>, ApiError> {
    let (mut page, mut bytes) = (Vec::new(), 0);
    let seen = std::iter::once(seen).chain(std::iter::repeat(0));
    for resource in all.iter().take(limit).zip(seen).map(|(resource, seen)| resource.shown(seen)) {
        bytes += serde_json::to_string(&resource)?.len();
        if bytes > PAGE_BYTES && !page.is_empty() {
            break;
        }
        page.push(resource);
    }
    Ok(page)
}
