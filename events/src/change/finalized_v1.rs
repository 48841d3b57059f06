//! `change.finalized.v1`: a change ended.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// A change ended. Carries its final figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeFinalized {
    /// The last revision.
    pub revision: u32,
    /// Final status of the change.
    pub status: String,
    /// Seconds from the first proposal to the end.
    pub lead_time_seconds: u64,
    /// Number of reviews up to and including the first that passed.
    pub iterations_to_clean: u32,
    /// Change of the monthly cost in US cents, as proposed.
    pub monthly_cost_delta_cents: Option<i64>,
}

impl Payload for ChangeFinalized {
    const TYPE: &'static str = "change.finalized.v1";
}
