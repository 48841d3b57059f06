//! Dependencies of the API.

use std::sync::Arc;

use axum::extract::FromRef;
use headgate_clients::Roles;
use headgate_http::Verifier;
use headgate_outbox::Flow;
use headgate_review::Served;

use crate::keys::PermitKeys;

/// Dependencies of the API.
#[derive(Clone)]
pub struct Api {
    /// Ledger, bus, clock.
    pub flow: Flow,
    /// Verifies callers' tokens.
    pub verifier: Verifier,
    /// Keys that sign permits.
    pub keys: Arc<PermitKeys>,
    /// Environments and policies that a review must still match.
    pub served: Served,
    /// Assumes the apply roles.
    pub roles: Roles,
    /// Lifetime of a permit, in seconds.
    pub permit_seconds: i64,
}

impl FromRef<Api> for Verifier {
    fn from_ref(api: &Api) -> Self {
        api.verifier.clone()
    }
}
