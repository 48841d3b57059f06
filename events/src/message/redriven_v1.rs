//! `message.redriven.v1`: a quarantined message was sent to its consumer again, or given up.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// What became of a quarantined message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MessageRedriven {
    /// The quarantine entry.
    pub quarantine_id: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// What was done.
    pub outcome: RedriveOutcome,
    /// Why, in the words of whoever did it.
    pub reason: String,
}

/// What was done with a quarantined message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RedriveOutcome {
    /// Sent to its source queue again.
    Redriven,
    /// Given up for good.
    Discarded,
}

impl Payload for MessageRedriven {
    const TYPE: &'static str = "message.redriven.v1";
}
