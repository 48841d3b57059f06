//! `message.redriven.v2`: what became of a quarantined message, step by step.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::redriven_v1;
use crate::Payload;

/// What became of a quarantined message. The envelope's `subject` is the quarantine id; its `actor` is
/// who asked for it, or the consumer that processed it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MessageRedriven {
    /// The quarantine entry.
    pub quarantine_id: String,
    /// Which redrive of this message, from 1; 0 if it was never sent again, or this is not known.
    #[serde(default)]
    pub redrive: u32,
    /// What happened.
    pub outcome: RedriveOutcome,
    /// Its fingerprint, where whoever says so knows it. Of a message that came back: the new one.
    #[serde(default)]
    pub fingerprint: Option<String>,
    /// The run of redrives that it was part of.
    #[serde(default)]
    pub run_id: Option<String>,
    /// Fingerprint of the group that the run is about, which a message that came back may have left.
    #[serde(default)]
    pub run_group: Option<String>,
    /// Why, in the words of whoever did it; of a message that came back, the new reason.
    pub reason: String,
}

/// What happened to a quarantined message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RedriveOutcome {
    /// Sent to its source queue again.
    Sent,
    /// Its consumer has processed it.
    Processed,
    /// It came back as a dead letter.
    Returned,
    /// Given up for good.
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
