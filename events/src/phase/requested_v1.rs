//! `phase.requested.v1`: people are asked to decide on the result of a phase.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ContentHash, GateRequirements, Payload};

/// People are asked to decide. The envelope's `subject` is the engagement, a slash and the phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PhaseRequested {
    /// Id of the phase.
    pub phase: String,
    /// Number of the attempt at the work of the phase, from 1.
    pub attempt: u32,
    /// Title of the phase.
    pub title: String,
    /// Hash of the content to decide on.
    pub content_hash: ContentHash,
    /// Who may decide, how many must approve, and until when.
    pub gate: GateRequirements,
    /// When the request expires.
    pub expires_at: jiff::Timestamp,
}

impl Payload for PhaseRequested {
    const TYPE: &'static str = "phase.requested.v1";
}
