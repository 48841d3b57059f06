//! `approval.reminded.v2`: a slice of waiting passed without a decision.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// People are reminded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApprovalReminded {
    /// The revision to decide on.
    pub revision: u32,
    /// Which reminder this is, from 1.
    pub slice: u32,
    /// Approvals that are still missing.
    pub missing: u32,
    /// Roles that the missing ones must hold, where a seat is empty.
    #[serde(default)]
    pub missing_roles: Vec<String>,
    /// Roles that were let in because people took too long.
    #[serde(default)]
    pub escalated_to: Vec<String>,
    /// When the request expires.
    pub expires_at: jiff::Timestamp,
}

impl Payload for ApprovalReminded {
    const TYPE: &'static str = "approval.reminded.v2";
}
