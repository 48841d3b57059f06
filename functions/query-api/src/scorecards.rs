//! `GET /v1/scorecards/{principal}`.

use axum::extract::State;
use headgate_api_types::scorecards::{MeanRatings, Shown};
use headgate_domain::figures::Scorecard;
use headgate_events::PrincipalId;
use headgate_http::{ApiError, Json, Path, Reader};
use headgate_ledger::Key;

use crate::deps::{Answer, Api};

pub(crate) async fn scorecard(
    State(api): State<Api>,
    Reader(_): Reader,
    Path(principal): Path<PrincipalId>,
) -> Answer<Shown> {
    let parts = api.metrics.get_all::<Scorecard>(&Key::scorecards(&principal)).await?;
    if parts.is_empty() {
        return Err(ApiError::not_found("scorecard"));
    }
    let mut card = Scorecard::default();
    parts.iter().for_each(|part| card.add(part));
    let mean_ratings = card.ratings().map(|[quality, relevance, completeness]| MeanRatings {
        quality,
        relevance,
        completeness,
    });
    let trust = card.trust();
    Ok(Json(Shown { principal, scorecard: card, trust, mean_ratings }))
}
