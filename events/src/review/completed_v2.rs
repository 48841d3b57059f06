//! `review.completed.v2`: pm-review has reviewed a revision.

use crate::ContentHash;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Artifact, Finding, GateRequirements, Payload, Verdict};

/// The machine review of a revision is complete.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewCompleted {
    /// The revision that was reviewed.
    pub revision: u32,
    /// Target environment of the change.
    pub environment: String,
    /// The verdict of the review.
    pub verdict: Verdict,
    /// The first findings, most severe first; all of them are in `report`.
    pub findings: Vec<Finding>,
    /// Total number of findings.
    pub finding_count: u32,
    /// The full review as stored, if it has more findings than `findings`.
    #[serde(default)]
    pub report: Option<Artifact>,
    /// SHA-256 of the canonical JSON of the reviewed content.
    pub content_hash: ContentHash,
    /// What the gate must require.
    pub gate: GateRequirements,
}

impl Payload for ReviewCompleted {
    const TYPE: &'static str = "review.completed.v2";
}
