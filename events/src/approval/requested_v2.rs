//! `approval.requested.v2`: people are asked to decide on a revision.

use crate::ContentHash;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{GateRequirements, Payload};

/// A decision is requested.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApprovalRequested {
    /// The revision to decide on.
    pub revision: u32,
    /// Target environment of the change.
    pub environment: String,
    /// Hash of the content to decide on.
    pub content_hash: ContentHash,
    /// Who may decide, how many must approve, and until when.
    pub gate: GateRequirements,
    /// When the request expires.
    pub expires_at: jiff::Timestamp,
}

impl Payload for ApprovalRequested {
    const TYPE: &'static str = "approval.requested.v2";
}
