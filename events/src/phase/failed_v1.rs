//! `phase.failed.v1`: an attempt at the work of a phase fails.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// How an attempt failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FailureCause {
    /// An agent reported it.
    Reported,
    /// Nobody reported a result in time.
    TimedOut,
    /// A limit was exceeded, and the phase is set to stop then.
    Limit,
    /// The review or the people sent it back too often.
    SentBack,
    /// The review forbids to go on.
    Blocked,
    /// The people rejected it.
    Rejected,
    /// Nobody decided in time.
    Expired,
    /// No review came.
    NotReviewed,
}

/// The work is tried again once, or the engagement fails. The envelope's `subject` is the engagement, a slash and the phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PhaseFailed {
    /// Id of the phase.
    pub phase: String,
    /// Number of the attempt at the work of the phase, from 1.
    pub attempt: u32,
    /// How it failed.
    pub cause: FailureCause,
    /// Why.
    pub reason: String,
    /// Whether the phase begins again by itself.
    pub retried: bool,
}

impl Payload for PhaseFailed {
    const TYPE: &'static str = "phase.failed.v1";
}
