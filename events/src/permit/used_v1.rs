//! `permit.used.v1`: an executor used a permit, and got the credentials for its apply.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// A permit was used: its environment is locked, and the apply begins. The envelope's `subject` is the change id; its `actor` is the executor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PermitUsed {
    /// Revision that is applied.
    pub revision: u32,
    /// Id of the permit.
    pub permit_id: String,
    /// Environment that is locked.
    pub environment: String,
    /// AWS account that is changed.
    pub account: String,
    /// The credentials, if the fleet gave some. They themselves are never in an event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credentials: Option<Given>,
}

/// Credentials that the fleet gave. CloudTrail names the change as the source identity of each of their calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Given {
    /// Id of the access key, as CloudTrail shows it.
    pub access_key_id: String,
    /// ARN of the role that was assumed.
    pub role_arn: String,
    /// How wide the session policy is: `exact`, `names` or `services`.
    pub width: String,
    /// SHA-256 of the session policy.
    pub policy_sha256: String,
    /// When they expire. The executor may renew them while it holds the lock.
    pub expires_at: jiff::Timestamp,
}

impl Payload for PermitUsed {
    const TYPE: &'static str = "permit.used.v1";
}
