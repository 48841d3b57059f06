//! `permit.refused.v1`: an executor asked to apply content that was not approved.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// A permit was refused because the content, plan or plan file is not the approved one. The envelope's
/// `subject` is the change id; its `actor` is the requester.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PermitRefused {
    /// Revision that the permit was requested for.
    pub revision: u32,
    /// Stable code of the refusal.
    pub code: String,
}

impl Payload for PermitRefused {
    const TYPE: &'static str = "permit.refused.v1";
}
