//! `engagement.cancelled.v1`: an engagement ends before its work is done.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// Nothing more happens in the engagement. The envelope's `subject` is the engagement, its `actor` who cancelled it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EngagementCancelled {
    /// Id of the phase in which it was.
    pub phase: String,
    /// Why.
    pub reason: String,
}

impl Payload for EngagementCancelled {
    const TYPE: &'static str = "engagement.cancelled.v1";
}
