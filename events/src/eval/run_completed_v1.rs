//! `eval.run.completed.v1`: every case of a run has ended.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// A run that is over. The envelope's `subject` is its id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvalRunCompleted {
    /// Name of the suite.
    pub suite: String,
    /// Family of tasks that standing is kept for.
    pub family: String,
    /// SHA-256 of the suite: its version.
    pub digest: String,
    /// How it ended.
    pub outcome: RunEnd,
    /// Every candidate.
    pub candidates: Vec<CandidateTotals>,
    /// Cost of all cases, in millionths of a US dollar.
    pub micro_usd: u64,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunEnd {
    /// Every case was graded.
    Completed,
    /// Some were.
    Partial,
    /// None was.
    Failed,
}

/// What a candidate did, counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CandidateTotals {
    /// Who.
    pub candidate: String,
    /// Cases that it was to be asked.
    pub planned: u32,
    /// Cases that were graded.
    pub graded: u32,
    /// Of these, those that passed.
    pub passed: u32,
    /// Cases that failed: no answer, or none that could be graded.
    pub failed: u32,
    /// Cases that were not asked.
    pub skipped: u32,
    /// Tasks of the suite.
    pub tasks: u32,
    /// Tasks that it was graded in.
    pub tasks_graded: u32,
    /// Sum over those of the pass rate in the worst wording: what standing rests on.
    pub solved: f64,
    /// Who ran and graded it, if not the fleet.
    #[serde(default)]
    pub reported_by: Option<String>,
}

impl Payload for EvalRunCompleted {
    const TYPE: &'static str = "eval.run.completed.v1";
}
