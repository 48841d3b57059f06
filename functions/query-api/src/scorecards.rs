//! `GET /v1/scorecards/{principal}`.

use axum::extract::State;
use headgate_api_types::scorecards::{MeanRatings, Shown};
use headgate_domain::figures::Scorecard;
use headgate_events::PrincipalId;
use headgate_http::{ApiError, Json, Path};
use headgate_ledger::Key;

use crate::deps::{Answer, Api, read};
use crate::reader::Reader;

pub(crate) async fn scorecard(
    State(api): State<Api>,
    Reader(_): Reader,
    Path(principal): Path<PrincipalId>,
) -> Answer<Shown> {
    let card = read::<Scorecard>(&api.metrics, &Key::scorecard(&principal)).await?;
    let card = card.ok_or_else(|| ApiError::not_found("scorecard"))?;
    let mean_ratings = card.ratings().map(|[quality, relevance, completeness]| MeanRatings {
        quality,
        relevance,
        completeness,
    });
    let trust = card.trust();
    Ok(Json(Shown { principal, scorecard: card, trust, mean_ratings }))
}
