//! Types of the approval gate: requirements, votes and outcomes.

use crate::PrincipalId;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who must approve, how many, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct GateRequirements {
    /// Number of distinct people who must approve. With 0 and no seats, no approval is required.
    pub quorum: u32,
    /// Roles that count toward the quorum; holding any one of them is enough.
    pub roles: Vec<String>,
    /// Seats within the quorum, each for a different person who holds the seat's role.
    #[serde(default)]
    pub seats: Vec<Seats>,
    /// Additional seats that the change demands, each for a different person. A person in such a seat counts
    /// toward the quorum only if they also hold one of its roles.
    #[serde(default)]
    pub demanded: Vec<Seats>,
    /// Roles that may also vote if the decision takes too long.
    #[serde(default)]
    pub escalations: Vec<Escalation>,
    /// Environment name that approvers must type; absent if the gate does not require it.
    #[serde(default)]
    pub confirm: Option<String>,
    /// Whether the proposer, the agent and the agent's owner are barred from voting.
    pub separation_of_duties: bool,
    /// Seconds until the request expires.
    pub expires_in_seconds: u32,
}

/// A number of seats for one role.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seats {
    /// Role that these seats are for.
    pub role: String,
    /// Number of people, 1 or more.
    pub people: u32,
}

/// Lets another role vote after a time without a decision.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// Delay after the request, in seconds.
    pub after_seconds: u32,
    /// The role whose holders may vote from then on.
    pub role: String,
    /// If set, they may take only the quorum seats of this role. Otherwise they may take only places in the
    /// quorum that are not seats.
    #[serde(default)]
    pub stands_in_for: Option<String>,
}

/// How a person voted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VoteKind {
    /// For the change.
    Approve,
    /// Against the change. One such vote ends the request.
    Reject,
    /// Back to the proposer. One such vote ends the request.
    Revise,
}

/// What the voter thinks of the proposal, each from 1 (poor) to 5 (excellent).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ratings {
    /// How well it is made.
    #[schemars(range(min = 1, max = 5))]
    pub quality: u8,
    /// How well it meets what was asked for.
    #[schemars(range(min = 1, max = 5))]
    pub relevance: u8,
    /// How much of the need it covers.
    #[schemars(range(min = 1, max = 5))]
    pub completeness: u8,
}

/// A person's vote on a content hash.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Vote {
    /// Idempotency key of the vote, unique for its voter, so that a late copy is recognized.
    #[serde(default)]
    pub ballot: String,
    /// The token's `sub`.
    pub principal: PrincipalId,
    /// Person who delegated their roles to the voter, if the vote is cast for them.
    #[serde(default)]
    pub on_behalf_of: Option<PrincipalId>,
    /// Ids of the delegations that the vote is based on.
    #[serde(default)]
    pub delegations: Vec<String>,
    /// Roles of the gate that they held when they voted.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Roles whose seats an escalation let them take; `*` is a place in the quorum that is not a seat.
    #[serde(default)]
    pub standing_in: Vec<String>,
    /// How they voted.
    pub vote: VoteKind,
    /// The voter's ratings of the proposal.
    #[serde(default)]
    pub ratings: Option<Ratings>,
    /// Reason, in the voter's words.
    #[serde(default)]
    pub comment: String,
    /// When the vote was counted.
    pub at: Timestamp,
}

/// A vote that was withdrawn before the decision.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Withdrawal {
    /// The withdrawn vote.
    pub vote: Vote,
    /// When it was withdrawn.
    pub at: Timestamp,
}

/// How an approval ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The quorum approved.
    Approved,
    /// Somebody rejected it.
    Rejected,
    /// Somebody sent it back to the proposer.
    Revise,
    /// Nobody decided in time.
    Expired,
}

impl Outcome {
    /// The name used in events.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Revise => "revise",
            Self::Expired => "expired",
        }
    }
}
