//! `change.executed.v1`: an executor reports the outcome of an apply.

use crate::ContentHash;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// The apply ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeExecuted {
    /// The revision that was applied.
    pub revision: u32,
    /// Hash of the content that was applied.
    pub content_hash: ContentHash,
    /// Id of the permit that the apply used.
    pub permit_id: String,
    /// How the apply ended.
    pub outcome: ExecutionOutcome,
    /// What was checked after the apply, and the result.
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
    /// The apply failed; parts of the plan may have been applied.
    Failed,
}

impl Payload for ChangeExecuted {
    const TYPE: &'static str = "change.executed.v1";
}
