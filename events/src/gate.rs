//! The words of the gate: who is asked, what they say.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who must decide, how many, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct GateRequirements {
    /// Distinct people who must approve; 0, without any seats, means that no person is asked.
    pub quorum: u32,
    /// Roles whose holders make up the quorum; any one is enough.
    pub roles: Vec<String>,
    /// Seats among the quorum that only holders of one role can take, each a person of their own.
    #[serde(default)]
    pub seats: Vec<Seats>,
    /// Seats that the change asks for besides, each a person of their own. Whoever takes one is part of the
    /// quorum only if they hold its roles as well.
    #[serde(default)]
    pub demanded: Vec<Seats>,
    /// Who may vote besides when people took too long.
    #[serde(default)]
    pub escalations: Vec<Escalation>,
    /// Name that whoever approves has to type: that of the environment, where the change destroys something.
    #[serde(default)]
    pub confirm: Option<String>,
    /// Whether proposer, agent and agent's owner are barred from voting.
    pub separation_of_duties: bool,
    /// Seconds until the request expires.
    pub expires_in_seconds: u32,
}

/// So many people of one role.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seats {
    /// The role.
    pub role: String,
    /// How many people, 1 or more.
    pub people: u32,
}

/// Another role is let in when time passed without a decision.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// Seconds after the request.
    pub after_seconds: u32,
    /// The role whose holders may vote from then on.
    pub role: String,
    /// The role whose seats among the quorum they may take, and nothing else; without it they may take any place
    /// of the quorum that is no seat.
    #[serde(default)]
    pub stands_in_for: Option<String>,
}

/// What one person said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VoteKind {
    /// In favour.
    Approve,
    /// Against; one is enough to end the request.
    Reject,
    /// Sent back; one is enough to end the request.
    Revise,
}

/// What the voter thinks of the proposal, each from 1 (poor) to 5 (excellent).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ratings {
    /// How well it is made.
    #[schemars(range(min = 1, max = 5))]
    pub quality: u8,
    /// How well it fits what was wanted.
    #[schemars(range(min = 1, max = 5))]
    pub relevance: u8,
    /// How much of what is needed it covers.
    #[schemars(range(min = 1, max = 5))]
    pub completeness: u8,
}

/// A person's vote on a content hash.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Vote {
    /// Names this vote among those of its voter, so that a late copy of it is known for one.
    #[serde(default)]
    pub ballot: String,
    /// The token's `sub`.
    pub principal: String,
    /// Who delegated to them the role that they voted in, if it is not their own.
    #[serde(default)]
    pub on_behalf_of: Option<String>,
    /// Delegations that they voted under.
    #[serde(default)]
    pub delegations: Vec<String>,
    /// Roles of the gate that they held when they voted.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Roles whose seats an escalation let them take; `*` is a place of the quorum that is no seat.
    #[serde(default)]
    pub standing_in: Vec<String>,
    /// What they said.
    pub vote: VoteKind,
    /// What they think of the proposal.
    #[serde(default)]
    pub ratings: Option<Ratings>,
    /// Why, in their words.
    #[serde(default)]
    pub comment: String,
    /// When it was counted.
    pub at: Timestamp,
}

/// A vote that its voter took back before the decision.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Withdrawal {
    /// The vote.
    pub vote: Vote,
    /// When it was taken back.
    pub at: Timestamp,
}

/// How an approval ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The quorum approved.
    Approved,
    /// Somebody said no.
    Rejected,
    /// Somebody sent it back.
    Revise,
    /// Nobody decided in time.
    Expired,
}
