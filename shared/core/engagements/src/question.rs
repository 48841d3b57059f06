//! A question of an agent.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A question of the current attempt. It stays when it is answered, so that a late copy does not ask it again.
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
    /// The answer, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

impl Question {
    /// Whether it waits for an answer.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.answer.is_none()
    }
}
