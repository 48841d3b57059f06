//! `approval.decided.v1`: a request was approved, rejected, sent back, or expired.

use crate::ContentHash;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::decided_v2;
use crate::gate_v1::Vote;
use crate::{Outcome, Payload};

/// The final decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApprovalDecided {
    /// The revision that was decided on.
    pub revision: u32,
    /// How the request ended.
    pub outcome: Outcome,
    /// Every vote that was counted.
    pub votes: Vec<Vote>,
    /// Hash of the content that was decided on.
    pub content_hash: ContentHash,
}

impl Payload for ApprovalDecided {
    const TYPE: &'static str = "approval.decided.v1";
}

impl From<ApprovalDecided> for decided_v2::ApprovalDecided {
    fn from(old: ApprovalDecided) -> Self {
        let ApprovalDecided { revision, outcome, votes, content_hash } = old;
        let votes = votes.into_iter().map(Into::into).collect();
        Self { revision, outcome, votes, withdrawn: Vec::new(), content_hash }
    }
}
