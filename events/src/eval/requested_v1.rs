//! `eval.requested.v1`: a request to evaluate models.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Artifact, Payload};

/// A request to evaluate models. The envelope's `subject` is the run id; its `actor` is the requester.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvalRequested {
    /// Artifact with the packed suite.
    pub suite: Artifact,
    /// Candidates to evaluate: `model` or `generator+verifier`.
    pub candidates: Vec<String>,
    /// Candidate that the others are compared with.
    #[serde(default)]
    pub baseline: Option<String>,
    /// Id of an earlier run to take the baseline's results from.
    #[serde(default)]
    pub baseline_run: Option<String>,
    /// How many times each prompt is asked; defaults to the suite's setting.
    #[serde(default)]
    pub repeats: Option<u32>,
    /// Spending ceiling of the run, in US dollars.
    pub ceiling_usd: f64,
    /// Time limit in minutes. Cases that have not started by then are skipped.
    pub minutes: u32,
}

impl Payload for EvalRequested {
    const TYPE: &'static str = "eval.requested.v1";
}
