//! `approval.reminded.v2`: a reminder interval passed without a decision.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// People are reminded to decide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApprovalReminded {
    /// The revision to decide on.
    pub revision: u32,
    /// Number of this reminder, starting at 1.
    pub slice: u32,
    /// Number of approvals still missing.
    pub missing: u32,
    /// Roles of the seats that are still empty.
    #[serde(default)]
    pub missing_roles: Vec<String>,
    /// Roles that may now vote because the decision took too long.
    #[serde(default)]
    pub escalated_to: Vec<String>,
    /// When the request expires.
    pub expires_at: jiff::Timestamp,
}

impl Payload for ApprovalReminded {
    const TYPE: &'static str = "approval.reminded.v2";
}
