//! `change.executed.v1`: an executor reports what became of an apply.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// The apply ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeExecuted {
    /// The revision that was applied.
    pub revision: u32,
    /// Content hash that was applied.
    pub content_hash: String,
    /// The permit it was applied under.
    pub permit_id: String,
    /// How it ended.
    pub outcome: ExecutionOutcome,
    /// What was looked at afterwards, and what was seen.
    #[serde(default)]
    pub verification: String,
    /// Wall-clock duration of the apply in milliseconds.
    pub duration_ms: u64,
}

/// How an apply ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExecutionOutcome {
    /// Everything in the plan was applied.
    Succeeded,
    /// The apply failed; the state may be in between.
    Failed,
}

impl Payload for ChangeExecuted {
    const TYPE: &'static str = "change.executed.v1";
}
