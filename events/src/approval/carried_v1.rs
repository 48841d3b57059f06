//! `approval.carried.v1`: a new revision was opened for decision, and what became of the votes for the one before.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Payload, PrincipalId};

/// Votes for the revision before were carried over, or not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApprovalCarried {
    /// The revision that was opened for decision.
    pub revision: u32,
    /// The revision that the votes were cast for.
    pub from_revision: u32,
    /// What differs between the revisions. If anything does, no vote is carried over.
    pub differs: Vec<String>,
    /// Votes that count for the new revision.
    pub carried: Vec<PrincipalId>,
    /// Votes that do not.
    pub voided: Vec<VoidedVote>,
}

/// A vote that was not carried over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VoidedVote {
    /// The voter.
    pub principal: PrincipalId,
    /// Why.
    pub reason: String,
}

impl Payload for ApprovalCarried {
    const TYPE: &'static str = "approval.carried.v1";
}
