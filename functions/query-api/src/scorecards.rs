//! `GET /v1/scorecards/{principal}`.

use axum::extract::{Path, State};
use headgate_domain::figures::Scorecard;
use headgate_http::{ApiError, Authenticated, Json};
use headgate_ledger::Key;
use serde_json::json;

use crate::deps::{Answer, Api, read};

pub(crate) async fn scorecard(
    State(api): State<Api>,
    Authenticated(_): Authenticated,
    Path(principal): Path<String>,
) -> Answer {
    let card = read::<Scorecard>(&api.metrics, &Key::scorecard(&principal)).await?;
    let card = card.ok_or_else(|| ApiError::not_found("scorecard"))?;
    let ratings = card.ratings().map(|[quality, relevance, completeness]| {
        json!({ "quality": quality, "relevance": relevance, "completeness": completeness })
    });
    let trust = card.trust();
    Ok(Json(json!({
        "principal": principal, "scorecard": card, "trust": trust, "mean_ratings": ratings,
    })))
}
