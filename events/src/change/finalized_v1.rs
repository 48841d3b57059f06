//! `change.finalized.v1`: a change reached its end.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// The end of a change, with its figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeFinalized {
    /// The last revision.
    pub revision: u32,
    /// Status that the change ended in.
    pub status: String,
    /// Seconds from the first proposal to the end.
    pub lead_time_seconds: u64,
    /// Revisions it took until the review passed.
    pub iterations_to_clean: u32,
    /// Change of the monthly bill in US cents, as proposed.
    pub monthly_cost_delta_cents: Option<i64>,
}

impl Payload for ChangeFinalized {
    const TYPE: &'static str = "change.finalized.v1";
}
