//! `phase.reminded.v1`: people are reminded to decide on the result of a phase.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// People are reminded. The envelope's `subject` is the engagement, a slash and the phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PhaseReminded {
    /// Id of the phase.
    pub phase: String,
    /// Number of the attempt at the work of the phase, from 1.
    pub attempt: u32,
    /// Number of the reminder, from 1.
    pub number: u32,
    /// Number of approvals that are missing.
    pub missing: u32,
    /// Roles whose seats are empty.
    pub missing_roles: Vec<String>,
    /// When the request expires.
    pub expires_at: jiff::Timestamp,
}

impl Payload for PhaseReminded {
    const TYPE: &'static str = "phase.reminded.v1";
}
