//! `phase.breached.v1`: a limit of a phase is nearly reached, or exceeded.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Payload, PhaseLimit};

/// A warning, or a limit that is exceeded. The envelope's `subject` is the engagement, a slash and the phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PhaseBreached {
    /// Id of the phase.
    pub phase: String,
    /// Number of the attempt at the work of the phase, from 1.
    pub attempt: u32,
    /// The limit.
    pub limit: PhaseLimit,
    /// Role of the agent, if the limit is about one.
    pub agent: Option<String>,
    /// What was reported.
    pub found: u64,
    /// The limit's value.
    pub allowed: u64,
    /// Whether it is not exceeded yet: 80 % of a budget is used.
    pub warning: bool,
    /// Whether the attempt fails because of it.
    pub stops: bool,
}

impl Payload for PhaseBreached {
    const TYPE: &'static str = "phase.breached.v1";
}
