//! Who may read.

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use headgate_http::{ApiError, Authenticated, Principal, Verifier};

/// Roles that may read. `reader` is for those who need nothing else, and for holders of roles that only your gates name.
const READERS: [&str; 8] =
    ["reader", "proposer", "approver", "executor", "operator", "evaluator", "security", "agent"];
/// Role of agents.
const AGENT: &str = "agent";

/// A caller who may read: plans, findings and names of people are not for everybody who has a token of the issuer.
pub(crate) struct Reader(pub(crate) Principal);

/// A reader who may also see what models are asked. Agents may not: a model that has seen the tasks would be measured by what it remembers.
pub(crate) struct Examiner;

impl<S> FromRequestParts<S> for Reader
where
    S: Send + Sync,
    Verifier: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Authenticated(principal) = Authenticated::from_request_parts(parts, state).await?;
        if principal.roles.iter().any(|role| READERS.contains(&role.as_str())) {
            return Ok(Self(principal));
        }
        Err(ApiError::forbidden("role_missing", "this requires the role reader"))
    }
}

impl<S> FromRequestParts<S> for Examiner
where
    S: Send + Sync,
    Verifier: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Reader(principal) = Reader::from_request_parts(parts, state).await?;
        if principal.roles.iter().any(|role| role == AGENT) {
            let message = "cases of evaluations are not shown to agents, because agents are measured with them";
            return Err(ApiError::forbidden("agent_forbidden", message));
        }
        Ok(Self)
    }
}
