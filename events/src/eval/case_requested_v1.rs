//! `eval.case.requested.v1`: one case is to be run.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::evaluation::CaseId;
use crate::{Artifact, Payload};

/// A case. The envelope's `subject` is the id of the run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvalCaseRequested {
    /// Which.
    pub case: CaseId,
    /// The suite, packed.
    pub suite: Artifact,
    /// When it is too late to begin.
    pub deadline: Timestamp,
}

impl Payload for EvalCaseRequested {
    const TYPE: &'static str = "eval.case.requested.v1";
}
