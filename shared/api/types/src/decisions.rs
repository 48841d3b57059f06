//! `/v1/changes/{id}/decisions` and `…/withdrawals`: votes.

use headgate_domain::approval::Approval;
use headgate_events::{ChangeId, ContentHash, Outcome, PrincipalId, Ratings, VoteKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Casts a vote on the content that the voter was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionRequest {
    /// Number of the revision.
    #[schemars(range(min = 1))]
    pub revision: u32,
    /// Content hash of the revision, as shown.
    pub content_hash: ContentHash,
    /// The vote.
    pub vote: VoteKind,
    /// Idempotency key of the vote. Sending the vote again with the same key counts it once. Required after a
    /// withdrawal.
    #[serde(default)]
    pub ballot: Option<String>,
    /// Id of the person whose delegation to use.
    #[serde(default)]
    pub on_behalf_of: Option<PrincipalId>,
    /// Name of the environment, if the gate requires it.
    #[serde(default)]
    pub confirm: Option<String>,
    /// Ratings of the proposal, 1 to 5 each.
    #[serde(default)]
    pub ratings: Option<Ratings>,
    /// A comment. Only the first 1,000 bytes are stored.
    #[serde(default)]
    pub comment: String,
}

/// Withdraws a vote, before the decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalRequest {
    /// Number of the revision.
    #[schemars(range(min = 1))]
    pub revision: u32,
    /// Idempotency key of the vote to withdraw.
    pub ballot: String,
}

/// State of the approval after the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    /// Id of the change.
    pub change_id: ChangeId,
    /// Number of the revision.
    pub revision: u32,
    /// The decision, if there is one.
    pub outcome: Option<Outcome>,
    /// Number of approvals still missing.
    pub missing: u32,
    /// Roles of the seats that are still empty.
    pub missing_roles: Vec<String>,
}

impl From<&Approval> for Tally {
    fn from(approval: &Approval) -> Self {
        Self {
            change_id: approval.change_id.clone(),
            revision: approval.revision,
            outcome: approval.outcome,
            missing: approval.missing(),
            missing_roles: approval.missing_roles(),
        }
    }
}
