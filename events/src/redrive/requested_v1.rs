//! `redrive.requested.v1`: an operator asked to redrive a group of quarantined messages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// A redrive run was requested. The envelope's `subject` is the fingerprint of the group; its `actor` is the
/// operator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RedriveRequested {
    /// Id of the run.
    pub run_id: String,
    /// Fingerprint of the group.
    pub fingerprint: String,
    /// Consumer that will process the messages.
    pub consumer: String,
    /// Build of the consumer at the time of the request.
    pub build: String,
    /// Whether that build is the one that failed.
    pub forced: bool,
    /// Reason, in the operator's words.
    pub reason: String,
}

impl Payload for RedriveRequested {
    const TYPE: &'static str = "redrive.requested.v1";
}
