//! `eval.case.completed.v1`: one case has ended, here or where somebody else runs the model.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::evaluation::{CaseId, CaseOutcome, Usage};
use crate::{Artifact, Payload};

/// A case that has ended. The envelope's `subject` is the id of the run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvalCaseCompleted {
    /// Which.
    pub case: CaseId,
    /// How.
    pub result: CaseOutcome,
    /// What it used.
    pub usage: Usage,
    /// Whether a reply was longer than is kept.
    #[serde(default)]
    pub cut: bool,
    /// What was asked and answered.
    #[serde(default)]
    pub evidence: Option<Artifact>,
}

impl Payload for EvalCaseCompleted {
    const TYPE: &'static str = "eval.case.completed.v1";
}
