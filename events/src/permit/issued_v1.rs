//! `permit.issued.v1`: an executor may apply one content hash, once.

use crate::ContentHash;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// A permit was issued. The permit itself is never in an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PermitIssued {
    /// Revision that the permit is for.
    pub revision: u32,
    /// Id of the permit (the `jti` of the token).
    pub permit_id: String,
    /// Hash of the only content that may be applied.
    pub content_hash: ContentHash,
    /// AWS account id that the permit is valid for.
    pub account: String,
    /// When the permit expires.
    pub expires_at: jiff::Timestamp,
}

impl Payload for PermitIssued {
    const TYPE: &'static str = "permit.issued.v1";
}
