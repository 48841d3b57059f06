//! `eval.sweep.requested.v1`: a periodic request to end runs that are past their deadline.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// A check of all runs in progress, every few minutes. The envelope's `subject` has no meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EvalSweepRequested {}

impl Payload for EvalSweepRequested {
    const TYPE: &'static str = "eval.sweep.requested.v1";
}
