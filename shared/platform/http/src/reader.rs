//! Who may read.

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;

use crate::auth::{Authenticated, Principal, Verifier};
use crate::error::ApiError;

/// Roles that may read. `reader` is for those who need nothing else, and for holders of roles that only your gates name.
const READERS: [&str; 8] =
    ["reader", "proposer", "approver", "executor", "operator", "evaluator", "security", "agent"];
/// A caller who may read: plans, findings and names of people are not for everybody who has a token of the issuer.
#[derive(Debug)]
pub struct Reader(pub Principal);

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
