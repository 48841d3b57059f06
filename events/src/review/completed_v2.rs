//! `review.completed.v2`: pm-review has judged a revision.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Artifact, Finding, GateRequirements, Payload, Verdict};

/// The machine review is done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewCompleted {
    /// The revision that was reviewed.
    pub revision: u32,
    /// Environment that the change is for.
    pub environment: String,
    /// The answer.
    pub verdict: Verdict,
    /// The first findings, most severe first; all of them are in `report`.
    pub findings: Vec<Finding>,
    /// How many findings there are in all.
    pub finding_count: u32,
    /// The whole review as stored, where it is longer than `findings`.
    #[serde(default)]
    pub report: Option<Artifact>,
    /// SHA-256 of the canonical JSON of what was reviewed.
    pub content_hash: String,
    /// What the gate must ask for.
    pub gate: GateRequirements,
}

impl Payload for ReviewCompleted {
    const TYPE: &'static str = "review.completed.v2";
}
