//! An incoming vote, and the result of counting it.

use headgate_events::{ContentHash, PrincipalId, Ratings, VoteKind};

use super::Grant;

/// An incoming vote. The caller has verified who casts it and in what roles.
#[derive(Debug, Clone)]
pub struct Ballot {
    /// Name that the voter gave it. Without a name it is the voter's first and only ballot.
    pub id: Option<String>,
    /// Verified subject of the voter.
    pub principal: PrincipalId,
    /// Verified roles of the voter.
    pub roles: Vec<String>,
    /// What was delegated to the voter, if they vote for somebody else.
    pub grant: Option<Grant>,
    /// The revision the voter was shown.
    pub revision: u32,
    /// The content hash the voter was shown.
    pub content_hash: ContentHash,
    /// How they vote.
    pub vote: VoteKind,
    /// The environment name that they typed, if the gate requires it.
    pub confirm: Option<String>,
    /// The voter's ratings of the proposal.
    pub ratings: Option<Ratings>,
    /// Reason, in the voter's words.
    pub comment: String,
}

/// Result of a valid ballot or withdrawal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// It took effect now.
    Now,
    /// It is a copy of an earlier one; nothing changed.
    Already,
}
