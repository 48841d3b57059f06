//! `approval.requested.v1`: people are asked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::requested_v2;
use crate::Payload;
use crate::gate_v1::GateRequirements;

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
    const TYPE: &'static str = "approval.requested.v1";
}

impl From<ApprovalRequested> for requested_v2::ApprovalRequested {
    fn from(old: ApprovalRequested) -> Self {
        let ApprovalRequested { revision, environment, content_hash, gate, expires_at } = old;
        Self { revision, environment, content_hash, gate: gate.into(), expires_at }
    }
}
