//! Votes, delegations and permits over HTTP. Only `POST` with the hash decides anything.

mod decide;
mod delegations;
mod keys;
mod permits;
mod standings;

use std::sync::Arc;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post};
use headgate_approvals::Approvals;
use headgate_domain::environment::Environments;
use headgate_flow::Flow;
use headgate_http::{ApiError, Verifier};

use crate::keys::PermitKeys;
use crate::state::GateError;

/// What the API works with.
#[derive(Clone)]
pub struct Api {
    /// Ledger, bus, clock.
    pub flow: Flow,
    /// Task tokens.
    pub approvals: Approvals,
    /// Tokens of callers.
    pub verifier: Verifier,
    /// What signs permits.
    pub keys: Arc<PermitKeys>,
    /// Environments that are served: when they may be changed, and how old a review may be.
    pub environments: Environments,
    /// Digest of the policies that reviews are made under now.
    pub bundle_digest: String,
    /// How long a permit lives, in seconds.
    pub permit_seconds: i64,
}

impl FromRef<Api> for Verifier {
    fn from_ref(api: &Api) -> Self {
        api.verifier.clone()
    }
}

/// The routes.
pub fn router(api: Api) -> Router {
    Router::new()
        .route("/v1/changes/{id}/decisions", post(decide::decide))
        .route("/v1/changes/{id}/withdrawals", post(decide::withdraw))
        .route("/v1/delegations", get(delegations::list))
        .route("/v1/delegations", post(delegations::create))
        .route("/v1/delegations/{id}/revoke", post(delegations::revoke))
        .route("/v1/changes/{id}/permits", post(permits::issue))
        .route("/v1/changes/{id}/permits/{permit}/use", post(permits::redeem))
        .route("/v1/changes/{id}/permits/{permit}/heartbeat", post(permits::renew))
        .route("/v1/changes/{id}/permits/{permit}/report", post(permits::report))
        .route("/v1/keys", get(keys::keys))
        .route("/v1/standings/{model}/{family}/promotions", post(standings::promote))
        .with_state(api)
}

/// An answer that is not a success: said to the caller, or a failure behind us.
pub(crate) enum Failure {
    Said(ApiError),
    Behind(GateError),
}

impl<E: Into<GateError>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Behind(error.into())
    }
}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Said(error) => error,
            Failure::Behind(error) => Self::unavailable(&error),
        }
    }
}
