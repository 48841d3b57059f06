//! `engagement.surveyed.v1`: the owner says how the engagement went.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// The answers, after the end. The envelope's `subject` is the engagement, its `actor` the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EngagementSurveyed {
    /// How well the result meets the goal, 1 (poor) to 5 (excellent).
    #[schemars(range(min = 1, max = 5))]
    pub result: u8,
    /// How well the work was explained, 1 to 5.
    #[schemars(range(min = 1, max = 5))]
    pub communication: u8,
    /// How much of the person's time it took: 1 (far too much) to 5 (little).
    #[schemars(range(min = 1, max = 5))]
    pub effort: u8,
    /// Whether they would do it again in this way.
    pub again: bool,
    /// What else they say.
    #[serde(default)]
    pub comment: String,
}

impl Payload for EngagementSurveyed {
    const TYPE: &'static str = "engagement.surveyed.v1";
}
