//! `signal.recorded.v1`: one measurement from CI, a load test, an incident, the bill.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// A measurement. The envelope's `subject` is what it is about: a change, if the sender knows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SignalRecorded {
    /// What was measured.
    pub signal: Signal,
    /// Environment that it was measured in.
    pub environment: String,
    /// How much of it, where it is a number.
    #[serde(default)]
    pub value: Option<f64>,
    /// What the number counts.
    #[serde(default)]
    pub unit: Option<String>,
    /// One sentence for people.
    pub note: String,
}

/// What was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// Something broke; the envelope's `time` says when.
    Incident,
    /// A build or its tests.
    Ci,
    /// Behaviour under load.
    Load,
    /// Money.
    Billing,
}

impl Payload for SignalRecorded {
    const TYPE: &'static str = "signal.recorded.v1";
}
