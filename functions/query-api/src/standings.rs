//! `GET /v1/standings/{model}/{family}`.

use axum::extract::State;
use headgate_api_types::standings::Shown;
use headgate_domain::outcomes::Outcomes;
use headgate_domain::standing::StandingRecord;
use headgate_http::{ApiError, Json, Path};
use headgate_ledger::Key;

use crate::deps::{Answer, Api, read};
use crate::reader::Reader;

pub(crate) async fn standing(
    State(api): State<Api>,
    Reader(_): Reader,
    Path((model, family)): Path<(String, String)>,
) -> Answer<Shown> {
    let standing = read::<StandingRecord>(&api.ledger, &Key::standing(&model, &family)).await?;
    let outcomes = read::<Outcomes>(&api.metrics, &Key::outcomes(&model)).await?;
    if standing.is_none() && outcomes.is_none() {
        return Err(ApiError::not_found("standing"));
    }
    Ok(Json(Shown { standing, outcomes }))
}
