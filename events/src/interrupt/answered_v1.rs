//! `interrupt.answered.v1`: a person answers a question.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// The work goes on. The envelope's `subject` is the engagement, a slash and the question's id; its `actor` is the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InterruptAnswered {
    /// Id of the question.
    pub interrupt_id: String,
    /// Id of the phase.
    pub phase: String,
    /// Number of the attempt at the work of the phase, from 1.
    pub attempt: u32,
    /// The answer.
    pub answer: String,
}

impl Payload for InterruptAnswered {
    const TYPE: &'static str = "interrupt.answered.v1";
}
