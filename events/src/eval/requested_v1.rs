//! `eval.requested.v1`: models are to be evaluated.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Artifact, Payload};

/// A request. The envelope's `subject` is the id of the run, its `actor` who wants it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvalRequested {
    /// The suite, packed.
    pub suite: Artifact,
    /// Who is asked: `model`, or `generator+verifier`.
    pub candidates: Vec<String>,
    /// The candidate that the others are compared with.
    #[serde(default)]
    pub baseline: Option<String>,
    /// An earlier run that the baseline's results are taken from.
    #[serde(default)]
    pub baseline_run: Option<String>,
    /// How often each prompt is asked; as often as the suite says, if absent.
    #[serde(default)]
    pub repeats: Option<u32>,
    /// The most that the run may cost, in US dollars.
    pub ceiling_usd: f64,
    /// How long it may take, in minutes; what has not begun by then is not asked.
    pub minutes: u32,
}

impl Payload for EvalRequested {
    const TYPE: &'static str = "eval.requested.v1";
}
