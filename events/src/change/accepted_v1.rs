//! `change.accepted.v1`: intake has stored a revision.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Lane, Payload};

/// A revision was accepted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeAccepted {
    /// The revision that was stored.
    pub revision: u32,
    /// Target environment of the change.
    pub environment: String,
    /// What the change may do.
    pub lane: Lane,
}

impl Payload for ChangeAccepted {
    const TYPE: &'static str = "change.accepted.v1";
}
