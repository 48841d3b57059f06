//! The evidence of a case: prompts and replies, for people.

use headgate_events::evaluation::{CaseId, CaseOutcome};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::prompt::Ask;
use crate::reply::Text;

/// The evidence document of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Id of the run.
    pub run_id: String,
    /// Candidate, task, paraphrase and repeat.
    pub case: CaseId,
    /// SHA-256 of the suite's files.
    pub suite: String,
    /// How the case ended.
    pub result: CaseOutcome,
    /// All calls, in order.
    pub exchanges: Vec<Exchange>,
}

/// One call with its prompt and reply. It never contains a key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Exchange {
    /// Role of the call: `generator`, `verifier`, `revision`, or the name of a judge.
    pub part: String,
    /// Name of the model.
    pub model: String,
    /// The prompt.
    pub asked: Ask,
    /// The reply; `null` if the call failed.
    pub replied: Option<Text>,
    /// The error, if the call failed.
    pub error: Option<String>,
}
