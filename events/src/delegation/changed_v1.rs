//! `delegation.changed.v1`: a delegation of voting roles was created or revoked.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Payload, PrincipalId};

/// A delegation was created or revoked. The envelope's `subject` is the delegation id; its `actor` is the
/// person who created or revoked it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DelegationChanged {
    /// Person whose roles are delegated.
    pub from: PrincipalId,
    /// Person who may vote in these roles.
    pub to: PrincipalId,
    /// The delegated roles.
    pub roles: Vec<String>,
    /// Environments in which it applies; empty means all.
    pub environments: Vec<String>,
    /// When the delegation ends.
    pub until: Timestamp,
    /// When it was revoked; absent when it is created.
    #[serde(default)]
    pub revoked_at: Option<Timestamp>,
    /// Why it was created.
    pub reason: String,
}

impl Payload for DelegationChanged {
    const TYPE: &'static str = "delegation.changed.v1";
}
