//! What a permit says.

use serde::{Deserialize, Serialize};

/// Longest life of a permit, in seconds.
pub const LIFETIME_SECONDS: i64 = 15 * 60;

/// What a permit says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PermitClaims {
    /// Always `headgate`.
    pub iss: String,
    /// Who may use it.
    pub sub: String,
    /// Id of the permit.
    pub jti: String,
    /// When it was issued, seconds since 1970.
    pub iat: i64,
    /// When it ends, seconds since 1970.
    pub exp: i64,
    /// The change.
    pub change_id: String,
    /// The revision.
    pub revision: u32,
    /// The one content it allows.
    pub content_hash: String,
    /// Effect of the one plan it allows.
    pub plan_hash: String,
    /// The one account it allows.
    pub account: String,
    /// The one region it allows.
    pub region: String,
    /// The environment that it allows to change.
    pub environment: String,
    /// What it allows to touch there.
    pub lane: String,
}
