//! `/v1/standings/{model}/{family}`: what a model has earned, and what its changes may touch.

use headgate_domain::outcomes::Outcomes;
use headgate_domain::standing::StandingRecord;
use headgate_events::Lane;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A model's standing and the outcomes of its changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Shown {
    /// The standing; `null` if the model was not evaluated.
    pub standing: Option<StandingRecord>,
    /// Outcomes of the model's changes by week; `null` if it has proposed none.
    pub outcomes: Option<Outcomes>,
}

/// Raises a model's lane, up to the lane it has earned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PromotionRequest {
    /// The new lane.
    pub lane: Lane,
    /// The reason, for the record.
    pub reason: String,
}

/// The standing after a promotion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Promoted {
    /// The standing.
    pub standing: StandingRecord,
}
