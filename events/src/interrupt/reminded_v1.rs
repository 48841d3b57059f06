//! `interrupt.reminded.v1`: a question still waits for its answer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// People are reminded. The envelope's `subject` is the engagement, a slash and the question's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InterruptReminded {
    /// Id of the question.
    pub interrupt_id: String,
    /// Id of the phase.
    pub phase: String,
    /// Number of the attempt at the work of the phase, from 1.
    pub attempt: u32,
    /// Number of the reminder, from 1.
    pub number: u32,
    /// When the question was asked.
    pub raised_at: jiff::Timestamp,
}

impl Payload for InterruptReminded {
    const TYPE: &'static str = "interrupt.reminded.v1";
}
