//! `/v1/changes/{id}/permits` and `/v1/keys`: permits to apply approved changes.

use headgate_domain::environment::Width;
use headgate_events::latest::ExecutionOutcome;
use headgate_events::{ChangeId, ContentHash, PlanHash, PrincipalId};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use headgate_domain::records::PermitRecord;
pub use headgate_permit_tokens::{Envelope as Attestation, PublicKeys};

/// Asks for a permit to apply exactly one plan, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PermitRequest {
    /// Number of the approved revision.
    #[schemars(range(min = 1))]
    pub revision: u32,
    /// Content hash of the approved revision.
    pub content_hash: ContentHash,
    /// Hash of the plan to apply, computed from what the plan file shows.
    pub plan_hash: PlanHash,
    /// SHA-256 of the plan file.
    #[serde(default)]
    pub plan_file_sha256: Option<String>,
}

/// A permit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Permit {
    /// The permit, a signed JWT.
    pub permit: String,
    /// Id of the permit.
    pub permit_id: String,
    /// When the permit expires.
    pub expires_at: Timestamp,
    /// Whether its use answers with credentials for the apply. Otherwise the executor uses its own.
    #[serde(default)]
    pub gives_credentials: bool,
}

/// Redeems a permit, right before the apply. This locks the environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UseRequest {
    /// The permit, a signed JWT.
    pub permit: String,
    /// AWS account that the caller's credentials belong to.
    pub account: String,
    /// Hash of the plan to apply, computed from what the plan file shows.
    pub plan_hash: PlanHash,
    /// SHA-256 of the plan file.
    #[serde(default)]
    pub plan_file_sha256: Option<String>,
}

/// A used permit, and the credentials for its apply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Used {
    /// The permit.
    #[serde(flatten)]
    pub permit: PermitRecord,
    /// Credentials that can do what the plan needs. Absent if the environment has none to give: then the executor uses its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credentials: Option<Credentials>,
}

/// Temporary AWS credentials.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Credentials {
    /// How wide their session policy is: STS may find the narrowest one too large.
    pub width: Width,
    /// Id of the access key.
    pub access_key_id: String,
    /// The secret access key.
    pub secret_access_key: String,
    /// The session token.
    pub session_token: String,
    /// When they stop working.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { access_key_id, expires_at, .. } = self;
        let mut shown = f.debug_struct("Credentials");
        shown.field("access_key_id", access_key_id).field("expires_at", expires_at);
        shown.finish_non_exhaustive()
    }
}

/// The lock of the environment was renewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Renewed {
    /// When the next heartbeat is due. Without one, an operator may release the lock.
    pub expires_at: Timestamp,
}

/// Ends an apply that nobody will report, and releases the lock of the environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleaseRequest {
    /// How you know that the apply is not running, for the record. Only the first 1,000 bytes are stored.
    pub reason: String,
}

/// A broken lock. The apply has until `ends_at` to end and report its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Broken {
    /// Name of the environment.
    pub environment: String,
    /// Id of the change that is being applied.
    pub change_id: ChangeId,
    /// Id of the permit for the apply.
    pub permit_id: String,
    /// Principal who applies the change.
    pub holder: PrincipalId,
    /// After this time, an operator may release the environment.
    pub ends_at: Timestamp,
}

/// Reports the result of an apply. This releases the lock of the environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportRequest {
    /// Whether the apply succeeded.
    pub outcome: ExecutionOutcome,
    /// What was verified after the apply. Only the first 4,000 characters are stored.
    #[serde(default)]
    pub verification: String,
    /// Duration of the apply in milliseconds.
    pub duration_ms: u64,
}
