//! The hash of a plan's effect.

use serde::Serialize;
use serde_json::Value;

use super::{Plan, ResourceChange};
use crate::canonical::{NotCanonical, digest};

#[derive(Serialize)]
struct Effect<'a> {
    resource_changes: Vec<&'a ResourceChange>,
    output_changes: &'a Value,
}

impl Plan {
    /// SHA-256 over the canonical JSON of what the plan does: resource changes by address and output
    /// changes. Timestamps, the tool's version and the order of members do not count; two plans of
    /// the same code against the same state hash alike.
    ///
    /// # Errors
    /// [`NotCanonical`]; cannot happen with values that came from JSON.
    pub fn hash(&self) -> Result<String, NotCanonical> {
        // A data source that was read, or an object that stays as it is, has no effect.
        let effective = |r: &&ResourceChange| {
            r.mode != "data" && r.change.actions.iter().any(|a| a != "no-op")
                || !r.change.importing.is_null()
        };
        digest(&Effect {
            resource_changes: self.resource_changes.iter().filter(effective).collect(),
            output_changes: &self.output_changes,
        })
    }
}
