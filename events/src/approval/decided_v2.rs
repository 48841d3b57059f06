//! `approval.decided.v2`: a request was approved, rejected, sent back, or expired.

use crate::ContentHash;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Outcome, Payload, Vote, Withdrawal};

/// The final decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApprovalDecided {
    /// The revision that was decided on.
    pub revision: u32,
    /// How the request ended.
    pub outcome: Outcome,
    /// Every vote that was counted.
    pub votes: Vec<Vote>,
    /// Votes that were withdrawn before the decision.
    #[serde(default)]
    pub withdrawn: Vec<Withdrawal>,
    /// Hash of the content that was decided on.
    pub content_hash: ContentHash,
}

impl Payload for ApprovalDecided {
    const TYPE: &'static str = "approval.decided.v2";
}
