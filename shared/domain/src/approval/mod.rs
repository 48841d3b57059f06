//! The gate: who may vote, what a vote does, when it closes.

mod authority;
mod ballot;
mod delegation;
mod describe;
mod error;
mod tally;

use headgate_events::{GateRequirements, Outcome, Vote, Withdrawal};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

pub use ballot::{Ballot, Counted};
pub use delegation::{Delegation, DelegationError, Grant, MAX_DELEGATION_DAYS};
pub use describe::in_words;
pub use error::VoteError;

/// A request for decision on one revision, with the votes so far.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Approval {
    /// The change.
    pub change_id: String,
    /// The revision to decide on.
    pub revision: u32,
    /// The content that each vote must name.
    pub content_hash: String,
    /// Who may decide, how many, until when.
    pub gate: GateRequirements,
    /// Principals barred by separation of duties: proposer, agent, agent's owner.
    pub barred: Vec<String>,
    /// When people were asked first.
    pub requested_at: Timestamp,
    /// When the request ends undecided.
    pub expires_at: Timestamp,
    /// Votes in the order they were counted, one a person.
    pub votes: Vec<Vote>,
    /// Votes that were taken back.
    #[serde(default)]
    pub withdrawn: Vec<Withdrawal>,
    /// The decision, once there is one. It never changes again.
    pub outcome: Option<Outcome>,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
}

impl Approval {
    /// A new request. Where the gate asks for nobody it is approved at once.
    #[must_use]
    pub fn open(
        change_id: &str,
        revision: u32,
        content_hash: &str,
        gate: GateRequirements,
        barred: Vec<String>,
        now: Timestamp,
    ) -> Self {
        let wait = SignedDuration::from_secs(i64::from(gate.expires_in_seconds));
        let seats = gate.seats.iter().chain(&gate.demanded);
        let nobody = gate.quorum == 0 && seats.map(|s| s.people).sum::<u32>() == 0;
        let outcome = nobody.then_some(Outcome::Approved);
        Self {
            change_id: change_id.to_owned(),
            revision,
            content_hash: content_hash.to_owned(),
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

    /// Ends the request undecided if its time is up. Returns whether this call closed it.
    pub fn expire(&mut self, now: Timestamp) -> bool {
        let due = self.outcome.is_none() && now >= self.expires_at;
        if due {
            self.decide(Outcome::Expired, now);
        }
        due
    }

    /// That the gate is neither decided nor out of time.
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
