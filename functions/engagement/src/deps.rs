//! Dependencies of the API.

use axum::extract::FromRef;
use headgate_artifacts::Artifacts;
use headgate_domain::agents::Agents;
use headgate_domain::environment::Environments;
use headgate_engagements::Kinds;
use headgate_http::Verifier;
use headgate_outbox::Flow;

/// Dependencies of the API.
#[derive(Clone)]
pub struct Api {
    /// Ledger, bus, clock.
    pub flow: Flow,
    /// Bucket with the documents that people send.
    pub artifacts: Artifacts,
    /// Environments that are served.
    pub environments: Environments,
    /// Known agents.
    pub agents: Agents,
    /// Known types of engagements.
    pub kinds: Kinds,
    /// Verifies callers' tokens.
    pub verifier: Verifier,
}

impl FromRef<Api> for Verifier {
    fn from_ref(api: &Api) -> Self {
        api.verifier.clone()
    }
}
