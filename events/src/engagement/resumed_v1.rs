//! `engagement.resumed.v1`: a person lets a failed engagement go on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// The phase begins again. The envelope's `subject` is the engagement, its `actor` the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EngagementResumed {
    /// Id of the phase.
    pub phase: String,
    /// Number of the attempt that begins.
    pub attempt: u32,
    /// Why, as the person says.
    pub reason: String,
}

impl Payload for EngagementResumed {
    const TYPE: &'static str = "engagement.resumed.v1";
}
