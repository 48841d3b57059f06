//! Who may read what models are asked.

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use headgate_http::{ApiError, Reader, Verifier};

/// Role of agents.
const AGENT: &str = "agent";

/// A reader who may also see what models are asked. Agents may not: a model that has seen the tasks would be measured by what it remembers.
pub(crate) struct Examiner;

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
