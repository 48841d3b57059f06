//! `review.completed.v1`: pm-review has reviewed a revision.

use crate::ContentHash;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::completed_v2;
use crate::gate_v1::GateRequirements;
use crate::{Artifact, Finding, Payload, Verdict};

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
    const TYPE: &'static str = "review.completed.v1";
}

impl From<ReviewCompleted> for completed_v2::ReviewCompleted {
    fn from(old: ReviewCompleted) -> Self {
        let ReviewCompleted {
            revision,
            environment,
            verdict,
            findings,
            finding_count,
            report,
            content_hash,
            gate,
        } = old;
        Self {
            revision,
            environment,
            verdict,
            findings,
            finding_count,
            report,
            content_hash,
            gate: gate.into(),
        }
    }
}
