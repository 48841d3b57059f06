//! Why a vote was not counted.

use headgate_events::{ContentHash, Outcome, PrincipalId};
use jiff::Timestamp;

/// Why a vote was not counted or not withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VoteError {
    /// The gate is closed.
    #[error("the decision has already been made: {}", .0.name())]
    Decided(Outcome),
    /// The request has expired.
    #[error("the request expired at {0}; ask the proposer for a new revision")]
    Expired(Timestamp),
    /// The voter was shown other content than what is now awaiting a decision.
    #[error(
        "you were shown revision {shown_revision} with content {shown}, but revision {revision} \
         with content {current} is now awaiting a decision; review it again"
    )]
    OtherContent {
        /// Revision on the ballot.
        shown_revision: u32,
        /// Hash on the ballot.
        shown: ContentHash,
        /// Revision of the request.
        revision: u32,
        /// Hash of the request.
        current: ContentHash,
    },
    /// The voter holds none of the roles.
    #[error("voting on this change requires one of these roles: {0}")]
    RoleMissing(String),
    /// The voter, or the person they vote for, proposed the change or is responsible for the agent that did.
    #[error(
        "separation of duties: {0} proposed this change or is responsible for the agent that proposed it, so {0} cannot vote on it"
    )]
    Barred(PrincipalId),
    /// Each person has one vote.
    #[error(
        "{0} has already voted, or somebody has voted on behalf of {0}; a delegate and the person they vote for share one vote"
    )]
    AlreadyVoted(PrincipalId),
    /// The gate requires the environment name, and the voter did not type it.
    #[error("to approve, type the environment name: `{0}` (`confirm`)")]
    Unconfirmed(String),
    /// A rating is not between 1 and 5.
    #[error("{name} must be from 1 (poor) to 5 (excellent), not {value}")]
    Rating {
        /// What was rated.
        name: &'static str,
        /// The rating.
        value: u8,
    },
    /// A ballot name is not 1 to 64 characters long.
    #[error("a ballot name must be 1 to 64 characters long")]
    BallotName,
    /// A copy of a ballot that was taken back.
    #[error("ballot {0} was withdrawn and no longer counts; vote again with a new ballot")]
    BallotSpent(String),
    /// A voter who has withdrawn a vote must name the next ballot.
    #[error(
        "you withdrew a vote on this change; send a new name in `ballot`, so that a delayed copy of the \
         withdrawn vote is not counted as your new vote"
    )]
    BallotRequired,
    /// The voter has withdrawn too many votes.
    #[error(
        "this vote cannot be withdrawn: its voter has already withdrawn {0} votes on this change, the \
         maximum; to stop the change, somebody else must reject it"
    )]
    Withdrawals(usize),
    /// The request has the maximum number of votes, but a seat is still empty.
    #[error(
        "this change has the maximum number of votes, but approvals from these roles are missing: {0}; \
         withdraw a vote before another person approves"
    )]
    Full(String),
    /// There is no such vote to withdraw.
    #[error("you have no vote on ballot {0}")]
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
