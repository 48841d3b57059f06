//! Who may read.

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;

use crate::auth::{AGENT, Authenticated, Principal, Verifier};
use crate::error::ApiError;

/// May read everything. `reader` is for those who need nothing else, and for holders of roles that only your gates name; `executor` gets
/// permits for every change.
const EVERYTHING: [&str; 2] = ["reader", "executor"];
/// Who decides, operates or oversees is asked about changes of all engagements, and may read everything too, unless it is an agent.
const OVERSEERS: [&str; 3] = ["approver", "operator", "security"];
/// Roles that may read what their holder has a part in.
const OWN: [&str; 3] = ["proposer", "evaluator", AGENT];

/// A caller who may read: plans, findings and names of people are not for everybody who has a token of the issuer.
#[derive(Debug)]
pub struct Reader(pub Principal);

impl Reader {
    /// As [`Principal::sees_everything`].
    #[must_use]
    pub fn sees_everything(&self) -> bool {
        self.0.sees_everything()
    }

    /// As [`Principal::missing`].
    #[must_use]
    pub fn missing(&self, what: &str) -> ApiError {
        self.0.missing(what)
    }
}

impl Principal {
    /// Whether the caller may read all engagements and changes, and not only those that they have a part in.
    #[must_use]
    pub fn sees_everything(&self) -> bool {
        self.has(&EVERYTHING) || self.has(&OVERSEERS) && !self.has(&[AGENT])
    }

    /// 404: `what` does not exist, or is not for the caller. The answer does not tell which.
    #[must_use]
    pub fn missing(&self, what: &str) -> ApiError {
        if self.sees_everything() {
            return ApiError::not_found(what);
        }
        ApiError::not_found(&format!(
            "{what} that you have a part in; its owner, or who has the role reader, can tell you more"
        ))
    }

    fn has(&self, roles: &[&str]) -> bool {
        self.roles.iter().any(|role| roles.contains(&role.as_str()))
    }
}

impl<S> FromRequestParts<S> for Reader
where
    S: Send + Sync,
    Verifier: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Authenticated(principal) = Authenticated::from_request_parts(parts, state).await?;
        let reader = Self(principal);
        if reader.sees_everything() || reader.0.has(&OWN) {
            return Ok(reader);
        }
        Err(ApiError::forbidden("role_missing", "this requires the role reader"))
    }
}
