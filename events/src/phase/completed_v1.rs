//! `phase.completed.v1`: a phase is done.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// What became of a phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PhaseEnd {
    /// Id of the phase.
    pub phase: String,
    /// Number of attempts at its work.
    pub attempts: u32,
    /// How it ended.
    pub outcome: PhaseOutcome,
    /// Seconds from its start to its end.
    pub seconds: u64,
    /// Tokens of all agents in all attempts, as they reported them.
    pub tokens: u64,
    /// Turns of all agents in all attempts.
    pub turns: u32,
    /// Handoffs between agents in all attempts.
    pub handoffs: u32,
    /// Largest context that was handed over, in tokens.
    pub largest_context: u64,
}

/// How a phase ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PhaseOutcome {
    /// People approved its result.
    Approved,
    /// Its result was accepted without people, because the phase has no gate.
    Accepted,
    /// A person skipped it.
    Skipped,
}

/// The next phase begins, or the engagement is complete. The envelope's `subject` is the engagement, a slash and the phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PhaseCompleted {
    /// What became of it.
    pub end: PhaseEnd,
}

impl Payload for PhaseCompleted {
    const TYPE: &'static str = "phase.completed.v1";
}
