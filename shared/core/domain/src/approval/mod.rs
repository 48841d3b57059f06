//! The gate: who may vote, what a vote does, and when the gate closes.

mod authority;
mod ballot;
mod carry;
mod cast;
mod delegation;
mod describe;
mod error;
mod lost;
mod tally;

use headgate_events::{
    ChangeId, ContentHash, GateRequirements, Outcome, PrincipalId, Vote, Withdrawal,
};
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use ballot::{Ballot, Counted};
pub use carry::Carried;
pub use delegation::{Delegation, DelegationError, Grant, MAX_DELEGATION_DAYS, MAX_NAME};
pub use describe::in_words;
pub use error::VoteError;
pub use lost::LostRoles;

/// A request for a decision on one revision, with the votes so far.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Approval {
    /// Id of the change.
    pub change_id: ChangeId,
    /// The revision to decide on.
    pub revision: u32,
    /// Hash of the content to decide on. Each vote must name it.
    pub content_hash: ContentHash,
    /// Who may decide, how many must approve, and until when.
    pub gate: GateRequirements,
    /// Principals barred by separation of duties: the proposer, the agent and the agent's owner.
    pub barred: Vec<PrincipalId>,
    /// When the decision was requested.
    pub requested_at: Timestamp,
    /// When the request expires.
    pub expires_at: Timestamp,
    /// Votes in the order they were counted, one per person.
    pub votes: Vec<Vote>,
    /// Votes that were withdrawn.
    #[serde(default)]
    pub withdrawn: Vec<Withdrawal>,
    /// The decision, once there is one. It never changes again.
    pub outcome: Option<Outcome>,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
}

impl headgate_events::Versioned for Approval {}

impl Approval {
    /// A new request. If the gate requires nobody, it is approved immediately.
    #[must_use]
    pub fn open(
        change_id: &ChangeId,
        revision: u32,
        content_hash: &ContentHash,
        gate: GateRequirements,
        barred: Vec<PrincipalId>,
        now: Timestamp,
    ) -> Self {
        let wait = SignedDuration::from_secs(i64::from(gate.expires_in_seconds));
        let seats = gate.seats.iter().chain(&gate.demanded);
        let nobody = gate.quorum == 0 && seats.map(|s| s.people).sum::<u32>() == 0;
        let outcome = nobody.then_some(Outcome::Approved);
        Self {
            change_id: change_id.to_owned(),
            revision,
            content_hash: content_hash.clone(),
            barred: if gate.separation_of_duties { barred } else { Vec::new() },
            requested_at: now,
            expires_at: now.checked_add(wait).unwrap_or(Timestamp::MAX),
            gate,
            votes: Vec::new(),
            withdrawn: Vec::new(),
            outcome,
            decided_at: outcome.map(|_| now),
        }
    }

    /// Expires the request if its time is up. Returns whether this call closed it.
    pub fn expire(&mut self, now: Timestamp) -> bool {
        let due = self.outcome.is_none() && now >= self.expires_at;
        if due {
            self.decide(Outcome::Expired, now);
        }
        due
    }

    /// Checks that the request is neither decided nor expired.
    fn is_open(&self, now: Timestamp) -> Result<(), VoteError> {
        match self.outcome {
            Some(outcome) => Err(VoteError::Decided(outcome)),
            None if now >= self.expires_at => Err(VoteError::Expired(self.expires_at)),
            None => Ok(()),
        }
    }

    fn decide(&mut self, outcome: Outcome, now: Timestamp) {
        if self.outcome.is_none() {
            self.outcome = Some(outcome);
            self.decided_at = Some(now);
        }
    }
}
