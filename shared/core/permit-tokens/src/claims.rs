//! The claims of a permit.

use headgate_events::{ChangeId, ContentHash, PlanHash, PrincipalId};
use serde::{Deserialize, Serialize};

/// Longest lifetime of a permit, in seconds.
pub const LIFETIME_SECONDS: i64 = 15 * 60;

/// The claims of a permit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PermitClaims {
    /// Always `headgate`.
    pub iss: String,
    /// Principal who may use it.
    pub sub: PrincipalId,
    /// Id of the permit.
    pub jti: String,
    /// When it was issued, in seconds since 1970.
    pub iat: i64,
    /// When it expires, in seconds since 1970.
    pub exp: i64,
    /// Id of the change.
    pub change_id: ChangeId,
    /// Revision of the change.
    pub revision: u32,
    /// Hash of the only content that may be applied.
    pub content_hash: ContentHash,
    /// Hash of the only plan that may be applied.
    pub plan_hash: PlanHash,
    /// SHA-256 of the only plan file that may be applied.
    pub plan_file_sha256: String,
    /// SHA-256 of the list of the local files that the apply may read; absent if it may read none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files_sha256: Option<String>,
    /// Id of the only AWS account that may be changed.
    pub account: String,
    /// The only region that may be changed.
    pub region: String,
    /// Name of the only environment that may be changed.
    pub environment: String,
    /// What the change may do there.
    pub lane: String,
}
