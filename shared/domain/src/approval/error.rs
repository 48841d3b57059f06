//! Why a vote was not counted.

use headgate_events::Outcome;
use jiff::Timestamp;

/// Why a vote was not counted, or not taken back.
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
    /// The voter proposed it, or answers for the agent that did, or votes for somebody who did.
    #[error("separation of duties: {0} has a part in this change and cannot decide on it")]
    Barred(String),
    /// One person is one vote.
    #[error("{0} has voted already; one person is one vote, in their own name or another's")]
    AlreadyVoted(String),
    /// The gate asks for a name, and the voter did not type it.
    #[error("whoever approves this has to type the name of where it goes: `{0}` (`confirm`)")]
    Unconfirmed(String),
    /// Not 1 to 5.
    #[error("{name} is rated from 1 (poor) to 5 (excellent), not {value}")]
    Rating {
        /// What was rated.
        name: &'static str,
        /// The rating.
        value: u8,
    },
    /// Not 1 to 64 characters.
    #[error("the name of a ballot has 1 to 64 characters")]
    BallotName,
    /// A copy of a ballot that was taken back.
    #[error("ballot {0} was withdrawn and counts no more; vote again with a new one")]
    BallotSpent(String),
    /// Who has withdrawn must name the next ballot.
    #[error(
        "you withdrew a vote here; name the new ballot (`ballot`), so that a late copy of the first cannot pass for it"
    )]
    BallotRequired,
    /// Taken back too often.
    #[error(
        "{0} votes were withdrawn here already; this one stays. To stop the change, somebody else rejects it"
    )]
    Withdrawals(usize),
    /// There are approvals enough; somebody of a certain role is missing.
    #[error("there are enough approvals; what is missing is {0}")]
    Full(String),
    /// Nothing to take back.
    #[error("you have no vote here on ballot {0}")]
    NoBallot(String),
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
            Self::Unconfirmed(_) => "confirmation_required",
            Self::Rating { .. } => "rating_out_of_range",
            Self::BallotName => "ballot_invalid",
            Self::BallotSpent(_) => "ballot_withdrawn",
            Self::BallotRequired => "ballot_required",
            Self::Withdrawals(_) => "withdrawals_exhausted",
            Self::Full(_) => "votes_enough",
            Self::NoBallot(_) => "ballot_unknown",
        }
    }
}
