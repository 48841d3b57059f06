//! Gate and vote as the first versions of their events had them.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::VoteKind;

/// Who must decide, how many, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct GateRequirements {
    /// Distinct approvals needed; 0 means that no person is asked.
    pub quorum: u32,
    /// Roles whose holders may vote; any one is enough.
    pub roles: Vec<String>,
    /// Whether proposer, agent and agent's owner are barred from voting.
    pub separation_of_duties: bool,
    /// Seconds until the request expires.
    pub expires_in_seconds: u32,
}

/// A person's vote on a content hash.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Vote {
    /// The token's `sub`.
    pub principal: String,
    /// What they said.
    pub vote: VoteKind,
    /// Why, in their words.
    #[serde(default)]
    pub comment: String,
    /// When it was counted.
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
            // Whoever voted then could not withdraw, so that one name is enough.
            ballot: principal.clone(),
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
