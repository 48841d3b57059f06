//! Gate requirements and votes, as in version 1 of their events.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{PrincipalId, VoteKind};

/// Who must approve, how many, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct GateRequirements {
    /// Number of distinct people who must approve; 0 means that no approval is required.
    pub quorum: u32,
    /// Roles whose holders may vote; any one is enough.
    pub roles: Vec<String>,
    /// Whether the proposer, the agent and the agent's owner are barred from voting.
    pub separation_of_duties: bool,
    /// Seconds until the request expires.
    pub expires_in_seconds: u32,
}

/// A person's vote on a content hash.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Vote {
    /// The token's `sub`.
    pub principal: PrincipalId,
    /// How they voted.
    pub vote: VoteKind,
    /// Reason, in the voter's words.
    #[serde(default)]
    pub comment: String,
    /// When the vote was counted.
    pub at: Timestamp,
}

impl From<GateRequirements> for crate::GateRequirements {
    fn from(old: GateRequirements) -> Self {
        let GateRequirements { quorum, roles, separation_of_duties, expires_in_seconds } = old;
        Self {
            quorum,
            roles,
            separation_of_duties,
            expires_in_seconds,
            seats: Vec::new(),
            demanded: Vec::new(),
            escalations: Vec::new(),
            confirm: None,
        }
    }
}

impl From<Vote> for crate::Vote {
    fn from(old: Vote) -> Self {
        let Vote { principal, vote, comment, at } = old;
        Self {
            // Votes could not be withdrawn in version 1, so one ballot name per voter is enough.
            ballot: principal.to_string(),
            principal,
            on_behalf_of: None,
            delegations: Vec::new(),
            roles: Vec::new(),
            standing_in: Vec::new(),
            vote,
            ratings: None,
            comment,
            at,
        }
    }
}
