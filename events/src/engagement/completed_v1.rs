//! `engagement.completed.v1`: all phases of an engagement are done.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;
use crate::phase::completed_v1::PhaseEnd;

/// The work is done. The envelope's `subject` is the engagement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EngagementCompleted {
    /// What became of each phase, in order.
    pub phases: Vec<PhaseEnd>,
    /// Seconds from the start to the end.
    pub seconds: u64,
}

impl Payload for EngagementCompleted {
    const TYPE: &'static str = "engagement.completed.v1";
}
