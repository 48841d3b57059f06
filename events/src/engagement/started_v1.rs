//! `engagement.started.v1`: an engagement begins.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Payload, PrincipalId};

/// An engagement with phases begins. The envelope's `subject` is the engagement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EngagementStarted {
    /// Name of its type, which says what phases it has.
    #[serde(rename = "type")]
    pub kind: String,
    /// Goal of the work.
    pub goal: String,
    /// Person who owns it.
    pub owner: PrincipalId,
    /// Environment in which the work happens.
    pub environment: String,
    /// Ids of its phases, in order.
    pub phases: Vec<String>,
}

impl Payload for EngagementStarted {
    const TYPE: &'static str = "engagement.started.v1";
}
