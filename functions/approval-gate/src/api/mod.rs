//! Votes, delegations and promotions over HTTP. Only a `POST` with the content hash can decide on a change or a phase.

mod ballot;
mod decide;
mod delegations;
mod lost_roles;
mod phases;
mod promotions;

use axum::Router;
use axum::routing::post;

use crate::deps::Api;

/// The routes.
pub fn router(api: Api) -> Router {
    Router::new()
        .route("/v1/changes/{id}/decisions", post(decide::decide))
        .route("/v1/changes/{id}/withdrawals", post(decide::withdraw))
        .route("/v1/engagements/{id}/phases/{phase}/decisions", post(phases::decide))
        .route("/v1/engagements/{id}/phases/{phase}/withdrawals", post(phases::withdraw))
        .route("/v1/delegations", post(delegations::create))
        .route("/v1/delegations/lost-roles", post(lost_roles::lose))
        .route("/v1/delegations/{id}/revoke", post(delegations::revoke))
        .route("/v1/standings/{model}/{family}/promotions", post(promotions::promote))
        .with_state(api)
}
