//! `redrive.ended.v1`: a redrive run ended.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// A redrive run ended. The envelope's `subject` is the fingerprint of the group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RedriveEnded {
    /// Id of the run.
    pub run_id: String,
    /// Fingerprint of the group.
    pub fingerprint: String,
    /// How the run ended.
    pub outcome: RunOutcome,
    /// Why the run stopped; empty if it did not stop early.
    #[serde(default)]
    pub reason: String,
    /// Messages that were sent.
    pub sent: u32,
    /// Sent messages that were processed.
    pub processed: u32,
    /// Sent messages that came back, or could not be sent because their body is lost.
    pub returned: u32,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunOutcome {
    /// The group has no more messages that may be sent.
    Done,
    /// A message failed again.
    Stopped,
}

impl Payload for RedriveEnded {
    const TYPE: &'static str = "redrive.ended.v1";
}
