//! `approval.reminded.v1`: a reminder interval passed without a decision.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::reminded_v2;
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
    /// When the request expires.
    pub expires_at: jiff::Timestamp,
}

impl Payload for ApprovalReminded {
    const TYPE: &'static str = "approval.reminded.v1";
}

impl From<ApprovalReminded> for reminded_v2::ApprovalReminded {
    fn from(old: ApprovalReminded) -> Self {
        let ApprovalReminded { revision, slice, missing, expires_at } = old;
        let (missing_roles, escalated_to) = (Vec::new(), Vec::new());
        Self { revision, slice, missing, missing_roles, escalated_to, expires_at }
    }
}
