//! `GET /v1/standings/{model}/{family}`.

use axum::extract::State;
use headgate_api_types::standings::Shown;
use headgate_domain::outcomes::Outcomes;
use headgate_domain::standing::StandingRecord;
use headgate_http::{ApiError, Json, Path, Reader};
use headgate_ledger::{Key, figure_parts};

use crate::deps::{Answer, Api, read};

pub(crate) async fn standing(
    State(api): State<Api>,
    Reader(_): Reader,
    Path((model, family)): Path<(String, String)>,
) -> Answer<Shown> {
    let standing = read::<StandingRecord>(&api.ledger, &Key::standing(&model, &family)).await?;
    let keys: Vec<_> = figure_parts().map(|part| Key::outcomes(&model, part)).collect();
    let parts = api.metrics.get_all::<Outcomes>(&keys).await?;
    if standing.is_none() && parts.is_empty() {
        return Err(ApiError::not_found("standing"));
    }
    let mut outcomes = Outcomes::default();
    parts.iter().for_each(|part| outcomes.add(part));
    Ok(Json(Shown { standing, outcomes: (!parts.is_empty()).then_some(outcomes) }))
}
