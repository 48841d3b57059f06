//! Permits over HTTP: issue, redeem, report, release; and the public keys.

mod attestation;
mod break_lock;
mod credentials;
mod issue;
mod keys;
mod redeem;
mod refused;
mod release;
mod report;

use axum::Router;
use axum::routing::{get, post};

use crate::deps::Api;

/// The routes.
pub fn router(api: Api) -> Router {
    Router::new()
        .route("/v1/changes/{id}/attestation", get(attestation::attestation))
        .route("/v1/changes/{id}/permits", post(issue::issue))
        .route("/v1/changes/{id}/permits/{permit}/use", post(redeem::redeem))
        .route("/v1/changes/{id}/permits/{permit}/credentials", post(credentials::renew))
        .route("/v1/changes/{id}/permits/{permit}/report", post(report::report))
        .route("/v1/environments/{environment}/break", post(break_lock::break_lock))
        .route("/v1/environments/{environment}/release", post(release::release))
        .route("/v1/keys", get(keys::keys))
        .with_state(api)
}
