//! Dependencies of the API.

use axum::extract::FromRef;
use headgate_http::Verifier;
use headgate_outbox::Flow;
use headgate_review::Served;
use headgate_workflow::Approvals;

/// Dependencies of the API.
#[derive(Clone)]
pub struct Api {
    /// Ledger, bus, clock.
    pub flow: Flow,
    /// Stores task tokens and wakes the workflow.
    pub approvals: Approvals,
    /// Verifies callers' tokens.
    pub verifier: Verifier,
    /// Environments and policies that a review must still match.
    pub served: Served,
}

impl FromRef<Api> for Verifier {
    fn from_ref(api: &Api) -> Self {
        api.verifier.clone()
    }
}
