//! `approval.reminded.v1`: a slice of waiting passed without a decision.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::reminded_v2;
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
