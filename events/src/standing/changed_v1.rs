//! `standing.changed.v1`: a model may touch more, or less, than before.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Lane, Payload};

/// A change of standing. The envelope's `subject` is `<model>/<family>`; its `actor` is a person for a promotion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StandingChanged {
    /// The model.
    pub model: String,
    /// Family of tasks.
    pub family: String,
    /// Highest lane before; absent if there was no standing.
    #[serde(default)]
    pub before: Option<Lane>,
    /// Highest lane now.
    pub after: Lane,
    /// Highest lane that the figures would buy: above `after` until a person promotes.
    pub earned: Lane,
    /// Tasks that it was measured in.
    pub tasks: u64,
    /// Sum over those of the pass rate in the worst wording.
    pub solved: f64,
    /// Lower limit of the share of tasks that it solves.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
    /// Why.
    pub reason: String,
}

impl Payload for StandingChanged {
    const TYPE: &'static str = "standing.changed.v1";
}
