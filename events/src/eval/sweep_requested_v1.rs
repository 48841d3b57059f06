//! `eval.sweep.requested.v1`: runs whose time is over are to be ended.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// A look at all runs that go on, every few minutes. The envelope's `subject` says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EvalSweepRequested {}

impl Payload for EvalSweepRequested {
    const TYPE: &'static str = "eval.sweep.requested.v1";
}
