//! Commands that the state of an engagement does not allow.

use crate::state::Status;

/// Why a command changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The command needs another state.
    #[error("the engagement is `{}`; this needs {wanted}", status.name())]
    Status {
        /// Where it is.
        status: Status,
        /// Where it would have to be.
        wanted: &'static str,
    },
    /// The command is about another phase or attempt.
    #[error("the engagement is in {current}; this is about {about}")]
    OtherAttempt {
        /// The current phase and attempt.
        current: String,
        /// What the command is about.
        about: String,
    },
    /// The attempt was reported with another result.
    #[error("attempt {0} was reported with another result; a result cannot be changed")]
    Reported(u32),
    /// Handoffs that were reported before are missing now, or differ.
    #[error("report all handoffs of the attempt each time, oldest first: those before differ")]
    HandoffsDiffer,
    /// An agent that is no member of the phase.
    #[error("`{0}` is no member of this phase; report the usage of its members: {1}")]
    NoMember(String, String),
    /// A question with the same id, but another text.
    #[error("question `{0}` was asked with another text; choose another id")]
    OtherQuestion(String),
    /// The question was answered in another way.
    #[error("question `{0}` was answered already")]
    Answered(String),
    /// There is more of something than is stored.
    #[error("there may be at most {most} {what}; upload large content as a deliverable")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// The most.
        most: usize,
    },
    /// A text with characters that nobody sees.
    #[error("names, notes and questions may not have control characters")]
    Unprintable,
    /// Agents wait for an answer, and so do the limits of their time.
    #[error("question `{0}` is open; wait for its answer, or report that the attempt failed")]
    Open(String),
    /// No such question.
    #[error("the current attempt has no question `{0}`")]
    NoQuestion(String),
}

impl Refused {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Status { .. } => "engagement_state",
            Self::OtherAttempt { .. } => "attempt_superseded",
            Self::Reported(_) => "already_reported",
            Self::HandoffsDiffer => "handoffs_differ",
            Self::TooLarge { .. } => "too_large",
            Self::NoMember(..) => "member_unknown",
            Self::OtherQuestion(_) => "interrupt_exists",
            Self::Answered(_) => "already_answered",
            Self::Unprintable => "text_unprintable",
            Self::Open(_) => "interrupt_open",
            Self::NoQuestion(_) => "interrupt_unknown",
        }
    }
}
