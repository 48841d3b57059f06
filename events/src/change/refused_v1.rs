//! `change.refused.v1`: intake turned a proposal away.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Payload, Reason};

/// A proposal was turned away; nothing of it was stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeRefused {
    /// The revision that was proposed.
    pub revision: u32,
    /// Every reason at once.
    pub reasons: Vec<Reason>,
}

impl Payload for ChangeRefused {
    const TYPE: &'static str = "change.refused.v1";
}
