//! What agents report as the result of an attempt.

use headgate_events::{CriterionResult, Deliverable};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The result of an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "result", deny_unknown_fields)]
pub enum Report {
    /// The work is done.
    Done(Submission),
    /// It failed.
    Failed {
        /// Why, in a sentence.
        reason: String,
    },
}

/// What a phase has made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Submission {
    /// What was done, in a few sentences.
    pub summary: String,
    /// What was made.
    #[serde(default)]
    pub deliverables: Vec<Deliverable>,
    /// What is known of the acceptance criteria.
    #[serde(default)]
    pub criteria: Vec<CriterionResult>,
}
