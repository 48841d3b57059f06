//! `eval.run.completed.v1`: every case of a run has ended.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// A run ended. The envelope's `subject` is the run id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvalRunCompleted {
    /// Name of the suite.
    pub suite: String,
    /// Task family that standing is recorded for.
    pub family: String,
    /// SHA-256 of the suite, which identifies its version.
    pub digest: String,
    /// How the run ended.
    pub outcome: RunEnd,
    /// Totals of every candidate.
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
    /// Some cases were graded.
    Partial,
    /// No case was graded.
    Failed,
}

/// Counts for one candidate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CandidateTotals {
    /// The candidate: `model` or `generator+verifier`.
    pub candidate: String,
    /// Cases that were planned.
    pub planned: u32,
    /// Cases that were graded.
    pub graded: u32,
    /// Graded cases that passed.
    pub passed: u32,
    /// Cases that failed: there was no answer that could be graded.
    pub failed: u32,
    /// Cases that were not asked.
    pub skipped: u32,
    /// Tasks of the suite.
    pub tasks: u32,
    /// Tasks that the candidate was graded in.
    pub tasks_graded: u32,
    /// Sum over the graded tasks of the pass rate in the worst wording. Standing is based on it.
    pub solved: f64,
    /// Who ran and graded the cases, if not the fleet.
    #[serde(default)]
    pub reported_by: Option<String>,
}

impl Payload for EvalRunCompleted {
    const TYPE: &'static str = "eval.run.completed.v1";
}
