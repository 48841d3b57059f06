//! `engagement.failed.v1`: a phase cannot go on by itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// An engagement waits for a person to resume it, to skip the phase or to cancel it. The envelope's `subject` is the engagement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EngagementFailed {
    /// Id of the phase.
    pub phase: String,
    /// Number of the attempt at the work of the phase, from 1.
    pub attempt: u32,
    /// Why, and what to do next.
    pub reason: String,
}

impl Payload for EngagementFailed {
    const TYPE: &'static str = "engagement.failed.v1";
}
