//! `phase.started.v1`: the work of a phase begins.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// Why an attempt at the work of a phase begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StartCause {
    /// The phase begins.
    First,
    /// The attempt before failed.
    Failed,
    /// The attempt before took too long; this one has more time.
    TimedOut,
    /// The review or the people sent the result back.
    SentBack,
    /// A person resumed the engagement.
    Resumed,
}

/// Agents may begin with the work of a phase. The envelope's `subject` is the engagement, a slash and the phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PhaseStarted {
    /// Id of the phase.
    pub phase: String,
    /// Number of the attempt at the work of the phase, from 1.
    pub attempt: u32,
    /// Title of the phase, for people.
    pub title: String,
    /// Role of the agent that begins.
    pub entry: String,
    /// Roles of the agents that take part.
    pub members: Vec<String>,
    /// When the work must be reported at the latest. Time in which a question waits for its answer does not count.
    pub deadline: jiff::Timestamp,
    /// Why this attempt begins.
    pub cause: StartCause,
    /// What the review or the people asked for, after the attempt before this one.
    pub feedback: Vec<String>,
}

impl Payload for PhaseStarted {
    const TYPE: &'static str = "phase.started.v1";
}
