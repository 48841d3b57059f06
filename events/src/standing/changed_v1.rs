//! `standing.changed.v1`: a model may do more, or less, than before.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Lane, Payload};

/// The standing of a model changed. The envelope's `subject` is `<model>/<family>`; its `actor` is a person
/// if the model was promoted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StandingChanged {
    /// The model.
    pub model: String,
    /// Task family.
    pub family: String,
    /// Highest lane before; absent if there was no standing.
    #[serde(default)]
    pub before: Option<Lane>,
    /// Highest lane now.
    pub after: Lane,
    /// Highest lane that the results justify. It is above `after` until a person promotes the model.
    pub earned: Lane,
    /// Number of tasks that the model was measured in.
    pub tasks: u64,
    /// Sum over these tasks of the pass rate in the worst wording.
    pub solved: f64,
    /// Lower limit of the interval for the share of tasks that it solves.
    pub lower: f64,
    /// Upper limit of that interval.
    pub upper: f64,
    /// Why the standing changed.
    pub reason: String,
}

impl Payload for StandingChanged {
    const TYPE: &'static str = "standing.changed.v1";
}
