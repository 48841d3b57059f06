//! `message.redriven.v2`: one step of what happened to a quarantined message.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::redriven_v1;
use crate::Payload;

/// What happened to a quarantined message. The envelope's `subject` is the quarantine id; its `actor` is the
/// person who asked for it, or the consumer that processed the message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MessageRedriven {
    /// Id of the quarantine entry.
    pub quarantine_id: String,
    /// Number of this redrive of the message, starting at 1; 0 if it was never sent again or the number is
    /// unknown.
    #[serde(default)]
    pub redrive: u32,
    /// What happened.
    pub outcome: RedriveOutcome,
    /// Fingerprint of the message, if the sender of this event knows it. For a message that came back, the
    /// new one.
    #[serde(default)]
    pub fingerprint: Option<String>,
    /// Id of the redrive run that sent it.
    #[serde(default)]
    pub run_id: Option<String>,
    /// Fingerprint of the run's group. A message that came back may have moved to another group.
    #[serde(default)]
    pub run_group: Option<String>,
    /// Reason given for the step. For a message that came back, the new error.
    pub reason: String,
}

/// What happened to a quarantined message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RedriveOutcome {
    /// Sent to its source queue again.
    Sent,
    /// Its consumer processed it.
    Processed,
    /// It came back as a dead letter.
    Returned,
    /// Discarded for good.
    Discarded,
}

impl Payload for MessageRedriven {
    const TYPE: &'static str = "message.redriven.v2";
}

impl From<redriven_v1::MessageRedriven> for MessageRedriven {
    fn from(v1: redriven_v1::MessageRedriven) -> Self {
        let redriven_v1::MessageRedriven { quarantine_id, fingerprint, outcome, reason } = v1;
        Self {
            quarantine_id,
            redrive: 0,
            outcome: match outcome {
                redriven_v1::RedriveOutcome::Redriven => RedriveOutcome::Sent,
                redriven_v1::RedriveOutcome::Discarded => RedriveOutcome::Discarded,
            },
            fingerprint: Some(fingerprint),
            run_id: None,
            run_group: None,
            reason,
        }
    }
}
