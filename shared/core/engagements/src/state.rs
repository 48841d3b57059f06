//! The states of an engagement.

use headgate_events::latest::FailureCause;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where an engagement is. Except for the last two, it belongs to the current phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Agents work on the phase, or wait for an answer.
    Working,
    /// The result waits for the review by machine.
    Reviewing,
    /// The result waits for the decision of people.
    Deciding,
    /// The phase cannot go on: a person resumes it, skips it or cancels the engagement.
    Failed,
    /// All phases are done.
    Completed,
    /// It was ended before that.
    Cancelled,
}

impl Status {
    /// Whether nothing can happen any more.
    #[must_use]
    pub fn is_final(self) -> bool {
        match self {
            Self::Completed | Self::Cancelled => true,
            Self::Working | Self::Reviewing | Self::Deciding | Self::Failed => false,
        }
    }

    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::Reviewing => "reviewing",
            Self::Deciding => "deciding",
            Self::Failed => "failed",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Why an engagement has failed or was cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stopped {
    /// The kind of failure; absent if it was cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<FailureCause>,
    /// Why, in a sentence.
    pub reason: String,
}
