//! `approval.requested.v2`: people are asked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{GateRequirements, Payload};

/// A decision is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApprovalRequested {
    /// The revision to decide on.
    pub revision: u32,
    /// Environment that the change is for.
    pub environment: String,
    /// The content that the decision will name.
    pub content_hash: String,
    /// Who may decide, how many, until when.
    pub gate: GateRequirements,
    /// When the request expires.
    pub expires_at: jiff::Timestamp,
}

impl Payload for ApprovalRequested {
    const TYPE: &'static str = "approval.requested.v2";
}
