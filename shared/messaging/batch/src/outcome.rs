//! Outcomes of a record.

use std::time::Duration;

/// What a handler returns for a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordOutcome {
    /// Processed successfully.
    Done,
    /// Already processed by an earlier delivery.
    Duplicate,
    /// Not processed; a retry may succeed.
    Retry {
        /// Delay before the next delivery; `None` uses the runner's [`crate::Backoff`].
        after: Option<Duration>,
        /// Reason, with the whole chain of errors.
        reason: String,
    },
    /// Not processed, because something that the handler needs is not available: a database, a key, another
    /// service. Nothing is wrong with the message, so it stays in the queue for as long as that lasts.
    Unavailable {
        /// Reason, with the whole chain of errors.
        reason: String,
    },
    /// Cannot be processed, however often it is retried.
    Poison(Poison),
}

impl RecordOutcome {
    /// A retry after the runner's [`crate::Backoff`].
    pub fn retry(reason: impl Into<String>) -> Self {
        Self::Retry { after: None, reason: reason.into() }
    }
}

/// Why a record cannot be processed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Poison {
    /// Stable code of the error.
    pub code: String,
    /// Reason, as text. It must not quote the message body.
    pub reason: String,
    /// Event type without its version, if it could be read.
    pub event_type: Option<String>,
    /// Version of the event, if it could be read.
    pub event_version: Option<String>,
}
