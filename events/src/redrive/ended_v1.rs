//! `redrive.ended.v1`: a run of redrives came to its end.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// A run of redrives ended. The envelope's `subject` is the fingerprint of the group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RedriveEnded {
    /// The run.
    pub run_id: String,
    /// The group.
    pub fingerprint: String,
    /// How.
    pub outcome: RunOutcome,
    /// Why it stopped; empty if it did not.
    #[serde(default)]
    pub reason: String,
    /// Messages that were sent.
    pub sent: u32,
    /// Of these, processed.
    pub processed: u32,
    /// Of these, came back.
    pub returned: u32,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunOutcome {
    /// No message of the group is left that may be sent.
    Done,
    /// A message failed as it had failed before.
    Stopped,
}

impl Payload for RedriveEnded {
    const TYPE: &'static str = "redrive.ended.v1";
}
