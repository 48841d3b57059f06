//! `message.redriven.v1`: a quarantined message was sent to its consumer again, or discarded.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// What happened to a quarantined message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MessageRedriven {
    /// Id of the quarantine entry.
    pub quarantine_id: String,
    /// Fingerprint of the entry.
    pub fingerprint: String,
    /// What was done.
    pub outcome: RedriveOutcome,
    /// Reason given by the person who did it.
    pub reason: String,
}

/// What was done with a quarantined message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RedriveOutcome {
    /// Sent to its source queue again.
    Redriven,
    /// Discarded for good.
    Discarded,
}

impl Payload for MessageRedriven {
    const TYPE: &'static str = "message.redriven.v1";
}
