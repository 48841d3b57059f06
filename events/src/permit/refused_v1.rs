//! `permit.refused.v1`: an executor wanted to apply something else than was approved.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// A permit was refused, because content, plan or plan file are not the approved ones. The envelope's `subject` is the
/// change, its `actor` who asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PermitRefused {
    /// The revision that it was asked for.
    pub revision: u32,
    /// Stable code of the refusal.
    pub code: String,
}

impl Payload for PermitRefused {
    const TYPE: &'static str = "permit.refused.v1";
}
