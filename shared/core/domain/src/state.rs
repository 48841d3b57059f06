//! Which Terraform state a plan was made from.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The state that a plan was made from, and that its apply changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlannedState {
    /// Type of the backend, such as `s3`.
    pub backend: String,
    /// Settings of the backend that say where the state is, such as `bucket` and `key`. Credentials are not among them.
    pub place: BTreeMap<String, String>,
    /// Name of the workspace.
    pub workspace: String,
    /// Lineage of the state, which it keeps for its life. Empty if there was no state yet.
    pub lineage: String,
    /// Serial number of the state. It grows with each change.
    pub serial: u64,
}

impl PlannedState {
    /// Whether both are the same state, perhaps at different times.
    #[must_use]
    pub fn is_same_place(&self, other: &Self) -> bool {
        let Self { backend, place, workspace, lineage, serial: _ } = self;
        (backend, place, workspace, lineage)
            == (&other.backend, &other.place, &other.workspace, &other.lineage)
    }
}
