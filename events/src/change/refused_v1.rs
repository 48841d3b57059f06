//! `change.refused.v1`: intake refused a proposal.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Payload, Reason};

/// A proposal was refused. Nothing of it was stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeRefused {
    /// The revision that was proposed.
    pub revision: u32,
    /// All reasons, not only the first.
    pub reasons: Vec<Reason>,
}

impl Payload for ChangeRefused {
    const TYPE: &'static str = "change.refused.v1";
}
