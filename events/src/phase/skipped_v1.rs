//! `phase.skipped.v1`: a person skips a phase.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// The phase ends without a result. Its `actor` is the person. The envelope's `subject` is the engagement, a slash and the phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PhaseSkipped {
    /// Id of the phase.
    pub phase: String,
    /// Number of the attempt at the work of the phase, from 1.
    pub attempt: u32,
    /// Why, as the person says.
    pub reason: String,
}

impl Payload for PhaseSkipped {
    const TYPE: &'static str = "phase.skipped.v1";
}
