//! `phase.reviewed.v1`: the result of a phase is reviewed by machine.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ContentHash, Finding, Payload, Verdict};

/// The review of a result. The ledger has all of it. The envelope's `subject` is the engagement, a slash and the phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PhaseReviewed {
    /// Id of the phase.
    pub phase: String,
    /// Number of the attempt at the work of the phase, from 1.
    pub attempt: u32,
    /// What the review says.
    pub verdict: Verdict,
    /// What it found, up to 25.
    pub findings: Vec<Finding>,
    /// Number of all findings.
    pub finding_count: u32,
    /// Hash of the content that was reviewed.
    pub content_hash: ContentHash,
}

impl Payload for PhaseReviewed {
    const TYPE: &'static str = "phase.reviewed.v1";
}
