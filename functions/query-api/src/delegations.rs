//! `GET /v1/delegations`: delegations by and to the caller.

use axum::extract::State;
use headgate_domain::approval::Delegation;
use headgate_http::{ApiError, Authenticated, Json};
use headgate_ledger::Stored;
use serde::Serialize;

use crate::deps::Api;

#[derive(Serialize)]
pub(crate) struct Delegations {
    /// Delegations by the caller, newest first.
    given: Vec<Delegation>,
    /// Delegations to the caller.
    received: Vec<Delegation>,
}

pub(crate) async fn delegations(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
) -> Result<Json<Delegations>, ApiError> {
    let given = api.ledger.delegations_by(&principal.id).await?.items;
    let received = api.ledger.delegations_to(&principal.id).await?;
    let values = |all: Vec<Stored<Delegation>>| all.into_iter().map(|d| d.value).collect();
    Ok(Json(Delegations { given: values(given), received: values(received) }))
}
