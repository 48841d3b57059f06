//! Votes and permits over HTTP. Only `POST` with the hash decides anything.

mod decide;
mod permits;

use std::sync::Arc;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::post;
use headgate_approvals::Approvals;
use headgate_flow::Flow;
use headgate_http::{ApiError, Verifier};

use crate::permit::PermitKey;
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
    pub key: Arc<PermitKey>,
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
        .route("/v1/changes/{id}/permits", post(permits::issue))
        .route("/v1/changes/{id}/permits/{permit}/use", post(permits::redeem))
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
