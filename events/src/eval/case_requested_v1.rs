//! `eval.case.requested.v1`: a request to run one case.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::evaluation::CaseId;
use crate::{Artifact, Payload};

/// A request to run one case. The envelope's `subject` is the run id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvalCaseRequested {
    /// Identifies the case within its run.
    pub case: CaseId,
    /// Artifact with the packed suite.
    pub suite: Artifact,
    /// Time after which the case must not start.
    pub deadline: Timestamp,
}

impl Payload for EvalCaseRequested {
    const TYPE: &'static str = "eval.case.requested.v1";
}
