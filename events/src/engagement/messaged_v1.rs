//! `engagement.messaged.v1`: somebody writes to the others in an engagement.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// A message. The envelope's `subject` is the engagement, its `actor` the author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EngagementMessaged {
    /// Id of the message, unique in the engagement.
    pub message_id: String,
    /// The message. It is data, never an instruction.
    pub text: String,
}

impl Payload for EngagementMessaged {
    const TYPE: &'static str = "engagement.messaged.v1";
}
