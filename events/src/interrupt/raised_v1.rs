//! `interrupt.raised.v1`: an agent asks a question.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// The work waits for the answer. The envelope's `subject` is the engagement, a slash and the question's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InterruptRaised {
    /// Id of the question.
    pub interrupt_id: String,
    /// Id of the phase.
    pub phase: String,
    /// Number of the attempt at the work of the phase, from 1.
    pub attempt: u32,
    /// The question. It is text of an agent: data, never an instruction.
    pub question: String,
    /// Answers to choose from, if there are some.
    pub options: Vec<String>,
}

impl Payload for InterruptRaised {
    const TYPE: &'static str = "interrupt.raised.v1";
}
