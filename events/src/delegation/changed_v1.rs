//! `delegation.changed.v1`: somebody may vote in the roles of another, or may not any more.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// A delegation was made or revoked. The envelope's `subject` is its id, its `actor` who did it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DelegationChanged {
    /// Whose roles they are.
    pub from: String,
    /// Who may vote in them.
    pub to: String,
    /// The roles.
    pub roles: Vec<String>,
    /// Environments that it is for; all, if none is named.
    pub environments: Vec<String>,
    /// When it ends.
    pub until: Timestamp,
    /// When it was revoked; absent when it was made.
    #[serde(default)]
    pub revoked_at: Option<Timestamp>,
    /// Why it was made.
    pub reason: String,
}

impl Payload for DelegationChanged {
    const TYPE: &'static str = "delegation.changed.v1";
}
