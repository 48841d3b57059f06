//! `message.quarantined.v1`: a dead letter is kept, with its reason.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// A message went into quarantine. The envelope's `subject` is the quarantine id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MessageQuarantined {
    /// Where the entry is found.
    pub quarantine_id: String,
    /// SHA-256 over error type, event type and version, consumer and build: the same fault has the
    /// same fingerprint.
    pub fingerprint: String,
    /// Stable code of the error.
    pub error_type: String,
    /// The reason, without any of the body.
    pub reason: String,
    /// The function that could not process it.
    pub consumer: String,
    /// The event type, as far as it could be read.
    #[serde(default)]
    pub event_type: Option<String>,
    /// The dead-letter queue it came through.
    pub queue: String,
}

impl Payload for MessageQuarantined {
    const TYPE: &'static str = "message.quarantined.v1";
}
