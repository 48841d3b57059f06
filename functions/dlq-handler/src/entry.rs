//! A quarantine entry.

use headgate_events::Artifact;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A message that could not be processed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its id.
    pub quarantine_id: String,
    /// SHA-256 over error type, event type, consumer and build.
    pub fingerprint: String,
    /// Stable code of the error.
    pub error_type: String,
    /// The reason.
    pub reason: String,
    /// The function that could not process it.
    pub consumer: String,
    /// Its build, if it said so.
    pub build: Option<String>,
    /// The event type, as far as it could be read.
    pub event_type: Option<String>,
    /// What the event is about, as far as it could be read.
    pub subject: Option<String>,
    /// The dead-letter queue it came through.
    pub queue: String,
    /// The message in its source queue.
    pub message_id: String,
    /// How often it had been tried.
    pub attempts: u32,
    /// Where the body is.
    pub body: Artifact,
    /// When it was first received, if known.
    pub first_seen: Option<Timestamp>,
    /// When it came here.
    pub quarantined_at: Timestamp,
}
