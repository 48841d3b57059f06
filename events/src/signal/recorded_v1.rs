//! `signal.recorded.v1`: one measurement from CI, a load test, an incident or a bill.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// A measurement. The envelope's `subject` is what it is about: the change id, if the sender knows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SignalRecorded {
    /// What was measured.
    pub signal: Signal,
    /// Environment in which it was measured.
    pub environment: String,
    /// Measured value, if it is a number.
    #[serde(default)]
    pub value: Option<f64>,
    /// Unit of the value.
    #[serde(default)]
    pub unit: Option<String>,
    /// One sentence for people.
    pub note: String,
}

/// What was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// An incident; the envelope's `time` says when.
    Incident,
    /// A build or test result.
    Ci,
    /// A load test result.
    Load,
    /// A cost figure.
    Billing,
}

impl Payload for SignalRecorded {
    const TYPE: &'static str = "signal.recorded.v1";
}
