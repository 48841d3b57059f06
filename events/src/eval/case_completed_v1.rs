//! `eval.case.completed.v1`: one case has ended, run by the fleet or by an external runner.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::evaluation::{CaseId, CaseOutcome, Usage};
use crate::{Artifact, Payload};

/// A case ended. The envelope's `subject` is the run id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvalCaseCompleted {
    /// Identifies the case within its run.
    pub case: CaseId,
    /// Outcome of the case.
    pub result: CaseOutcome,
    /// Model calls, tokens, cost and time that the case used.
    pub usage: Usage,
    /// Whether a reply was too long and was truncated.
    #[serde(default)]
    pub cut: bool,
    /// Artifact with the prompts and replies.
    #[serde(default)]
    pub evidence: Option<Artifact>,
}

impl Payload for EvalCaseCompleted {
    const TYPE: &'static str = "eval.case.completed.v1";
}
