//! `phase.submitted.v1`: the work of a phase is reported as done.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{CriterionResult, Deliverable, Payload};

/// The result waits for its review. The envelope's `subject` is the engagement, a slash and the phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PhaseSubmitted {
    /// Id of the phase.
    pub phase: String,
    /// Number of the attempt at the work of the phase, from 1.
    pub attempt: u32,
    /// What was done, in a few sentences.
    pub summary: String,
    /// What was made.
    pub deliverables: Vec<Deliverable>,
    /// What is known of the acceptance criteria.
    pub criteria: Vec<CriterionResult>,
}

impl Payload for PhaseSubmitted {
    const TYPE: &'static str = "phase.submitted.v1";
}
