//! What became of a record.

use std::time::Duration;

/// What a handler says of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Processed.
    Done,
    /// Processed before; nothing was left to do.
    Duplicate,
    /// Not processed; worth another try.
    Retry {
        /// When; without it, after the runner's [`crate::Backoff`].
        after: Option<Duration>,
        /// Why, with the whole chain of errors.
        reason: String,
    },
    /// Can never be processed.
    Poison(Poison),
}

impl Outcome {
    /// Another try, after the runner's [`crate::Backoff`].
    pub fn retry(reason: impl Into<String>) -> Self {
        Self::Retry { after: None, reason: reason.into() }
    }
}

/// Why a record can never be processed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Poison {
    /// Stable code of the error.
    pub code: String,
    /// The reason, in words, without any of the body.
    pub reason: String,
    /// The event type without its version, as far as it could be read.
    pub event_type: Option<String>,
    /// The version of the event, as far as it could be read.
    pub event_version: Option<String>,
}
