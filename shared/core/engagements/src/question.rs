//! A question of an agent.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A question that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Question {
    /// Its id, which the agent chose.
    pub id: String,
    /// The question.
    pub question: String,
    /// Answers to choose from, if there are some.
    #[serde(default)]
    pub options: Vec<String>,
    /// When it was asked.
    pub raised_at: Timestamp,
    /// When people are reminded.
    pub remind_at: Timestamp,
    /// Reminders so far.
    #[serde(default)]
    pub reminders: u32,
}
