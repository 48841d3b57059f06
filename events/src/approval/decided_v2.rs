//! `approval.decided.v2`: the gate is closed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Outcome, Payload, Vote, Withdrawal};

/// The decision, for good.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApprovalDecided {
    /// The revision that was decided on.
    pub revision: u32,
    /// How it ended.
    pub outcome: Outcome,
    /// Every vote that was counted.
    pub votes: Vec<Vote>,
    /// Votes that were taken back before.
    #[serde(default)]
    pub withdrawn: Vec<Withdrawal>,
    /// The content that was decided on.
    pub content_hash: String,
}

impl Payload for ApprovalDecided {
    const TYPE: &'static str = "approval.decided.v2";
}
