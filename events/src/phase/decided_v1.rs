//! `phase.decided.v1`: people decided on the result of a phase, or nobody did in time.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ContentHash, Outcome, Payload, Vote};

/// The decision. The envelope's `subject` is the engagement, a slash and the phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PhaseDecided {
    /// Id of the phase.
    pub phase: String,
    /// Number of the attempt at the work of the phase, from 1.
    pub attempt: u32,
    /// The decision.
    pub outcome: Outcome,
    /// The votes that count, with ratings.
    pub votes: Vec<Vote>,
    /// Hash of the content that was decided on.
    pub content_hash: ContentHash,
}

impl Payload for PhaseDecided {
    const TYPE: &'static str = "phase.decided.v1";
}
