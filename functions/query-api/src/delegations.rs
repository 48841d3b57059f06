//! `GET /v1/delegations`: delegations by and to the caller.

use crate::deps::{Answer, Api};
use axum::extract::State;
use headgate_api_types::delegations::Delegations;
use headgate_domain::approval::Delegation;
use headgate_http::{Authenticated, Json};
use headgate_ledger::Stored;

pub(crate) async fn delegations(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
) -> Answer<Delegations> {
    let given = api.ledger.delegations_by(&principal.id).await?.items;
    let received = api.ledger.delegations_to(&principal.id).await?;
    let values = |all: Vec<Stored<Delegation>>| all.into_iter().map(|d| d.value).collect();
    Ok(Json(Delegations { given: values(given), received: values(received) }))
}
