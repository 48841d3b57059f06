//! What agents report of their work in a phase.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Artifact;

/// Something that a phase has made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deliverable {
    /// Name of the deliverable, unique within the phase.
    pub name: String,
    /// Template that it follows, for example `architecture_doc`; absent if it follows none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// Its content, by digest.
    pub artifact: Artifact,
}

/// Whether an acceptance criterion is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CriterionState {
    /// It is met; the evidence shows it.
    Met,
    /// It is not met.
    NotMet,
    /// Nobody has checked it yet.
    Unverified,
}

/// What is known of one acceptance criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CriterionResult {
    /// Id of the criterion, for example `ac-1`.
    pub id: String,
    /// Whether it is met.
    pub state: CriterionState,
    /// Names of the deliverables that show it.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// How it was checked, in a sentence.
    #[serde(default)]
    pub note: String,
}

/// A limit of a phase.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PhaseLimit {
    /// Number of handoffs between agents.
    Handoffs,
    /// Number of turns of all agents together.
    Iterations,
    /// Seconds of one turn of an agent.
    TurnSeconds,
    /// Distinct agents among the last handoffs: fewer are a loop.
    DistinctAgents,
    /// Tokens of one agent.
    Tokens,
    /// Seconds that the phase should take.
    DurationSeconds,
}
