//! `message.quarantined.v1`: a dead letter was stored in quarantine, with its reason.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// A message went into quarantine. The envelope's `subject` is the quarantine id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MessageQuarantined {
    /// Id of the quarantine entry.
    pub quarantine_id: String,
    /// SHA-256 of error type, event type and version, consumer and build. The same fault in the same build
    /// has the same fingerprint.
    pub fingerprint: String,
    /// Stable code of the error.
    pub error_type: String,
    /// Why it could not be processed, without any of the body.
    pub reason: String,
    /// The function that could not process it.
    pub consumer: String,
    /// The event type, if it could be read.
    #[serde(default)]
    pub event_type: Option<String>,
    /// The dead-letter queue it came through.
    pub queue: String,
}

impl Payload for MessageQuarantined {
    const TYPE: &'static str = "message.quarantined.v1";
}
