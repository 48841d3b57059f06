//! The gate: who may vote, what a vote does, when it closes.

use headgate_events::{GateRequirements, Outcome, Vote, VoteKind};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A request for decision on one revision, with the votes so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The decision, once there is one. It never changes again.
    pub outcome: Option<Outcome>,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
}

/// A vote as it comes in.
#[derive(Debug, Clone)]
pub struct Ballot {
    /// Verified subject of the voter.
    pub principal: String,
    /// Verified roles of the voter.
    pub roles: Vec<String>,
    /// The revision the voter was shown.
    pub revision: u32,
    /// The content hash the voter was shown.
    pub content_hash: String,
    /// What they say.
    pub vote: VoteKind,
    /// Why.
    pub comment: String,
}

/// Why a vote was not counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VoteError {
    /// The gate is closed.
    #[error("the decision is already made: {0:?}")]
    Decided(Outcome),
    /// The time is up.
    #[error("the request expired at {0}")]
    Expired(Timestamp),
    /// The voter was shown something else than what stands to decision.
    #[error(
        "you were shown revision {shown_revision} with content {shown}, but revision {revision} \
         with content {current} stands to decision; look at it again"
    )]
    OtherContent {
        /// Revision on the ballot.
        shown_revision: u32,
        /// Hash on the ballot.
        shown: String,
        /// Revision of the request.
        revision: u32,
        /// Hash of the request.
        current: String,
    },
    /// The voter holds none of the roles.
    #[error("voting here takes one of the roles {0}")]
    RoleMissing(String),
    /// The voter proposed it, or answers for the agent that did.
    #[error("separation of duties: {0} has a part in this change and cannot decide on it")]
    Barred(String),
    /// One person is one vote.
    #[error("{0} has voted already")]
    AlreadyVoted(String),
}

impl VoteError {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Decided(_) => "already_decided",
            Self::Expired(_) => "approval_expired",
            Self::OtherContent { .. } => "content_hash_mismatch",
            Self::RoleMissing(_) => "role_missing",
            Self::Barred(_) => "separation_of_duties",
            Self::AlreadyVoted(_) => "already_voted",
        }
    }
}

impl Approval {
    /// A new request. With a quorum of 0 it is approved at once: no person is asked.
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
        let outcome = (gate.quorum == 0).then_some(Outcome::Approved);
        Self {
            change_id: change_id.to_owned(),
            revision,
            content_hash: content_hash.to_owned(),
            barred: if gate.separation_of_duties { barred } else { Vec::new() },
            requested_at: now,
            expires_at: now.checked_add(wait).unwrap_or(Timestamp::MAX),
            gate,
            votes: Vec::new(),
            outcome,
            decided_at: outcome.map(|_| now),
        }
    }

    /// Counts a vote. Returns the outcome if this vote closed the gate. On an error nothing changed.
    ///
    /// # Errors
    /// [`VoteError`].
    pub fn cast(&mut self, ballot: Ballot, now: Timestamp) -> Result<Option<Outcome>, VoteError> {
        if ballot.content_hash != self.content_hash || ballot.revision != self.revision {
            return Err(VoteError::OtherContent {
                shown_revision: ballot.revision,
                shown: ballot.content_hash,
                revision: self.revision,
                current: self.content_hash.clone(),
            });
        }
        if !self.gate.roles.iter().any(|r| ballot.roles.contains(r)) {
            return Err(VoteError::RoleMissing(self.gate.roles.join(", ")));
        }
        if self.barred.contains(&ballot.principal) {
            return Err(VoteError::Barred(ballot.principal));
        }
        if self.votes.iter().any(|v| v.principal == ballot.principal) {
            return Err(VoteError::AlreadyVoted(ballot.principal));
        }
        if let Some(outcome) = self.outcome {
            return Err(VoteError::Decided(outcome));
        }
        if now >= self.expires_at {
            return Err(VoteError::Expired(self.expires_at));
        }
        let Ballot { principal, vote, comment, .. } = ballot;
        self.votes.push(Vote { principal, vote, comment, at: now });
        let outcome = match vote {
            VoteKind::Reject => Some(Outcome::Rejected),
            VoteKind::Revise => Some(Outcome::Revise),
            VoteKind::Approve if self.missing() == 0 => Some(Outcome::Approved),
            VoteKind::Approve => None,
        };
        self.decide(outcome, now);
        Ok(outcome)
    }

    /// Ends the request undecided if its time is up. Returns whether this call closed it.
    pub fn expire(&mut self, now: Timestamp) -> bool {
        let due = self.outcome.is_none() && now >= self.expires_at;
        if due {
            self.decide(Some(Outcome::Expired), now);
        }
        due
    }

    /// Approvals still missing to the quorum.
    #[must_use]
    pub fn missing(&self) -> u32 {
        let have = self.votes.iter().filter(|v| v.vote == VoteKind::Approve).count();
        self.gate.quorum.saturating_sub(u32::try_from(have).unwrap_or(u32::MAX))
    }

    fn decide(&mut self, outcome: Option<Outcome>, now: Timestamp) {
        if self.outcome.is_none() && outcome.is_some() {
            self.outcome = outcome;
            self.decided_at = Some(now);
        }
    }
}
