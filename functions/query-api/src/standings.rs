//! `GET /v1/standings/{model}/{family}`.

use axum::extract::{Path, State};
use headgate_domain::outcomes::Outcomes;
use headgate_http::{ApiError, Authenticated, Json};
use headgate_ledger::{Key, StandingRecord};
use serde_json::json;

use crate::deps::{Answer, Api, read};

pub(crate) async fn standing(
    State(api): State<Api>,
    Authenticated(_): Authenticated,
    Path((model, family)): Path<(String, String)>,
) -> Answer {
    let standing = read::<StandingRecord>(&api.ledger, &Key::standing(&model, &family)).await?;
    let outcomes = read::<Outcomes>(&api.metrics, &Key::outcomes(&model)).await?;
    if standing.is_none() && outcomes.is_none() {
        return Err(ApiError::not_found("standing"));
    }
    Ok(Json(json!({ "standing": standing, "outcomes": outcomes })))
}
