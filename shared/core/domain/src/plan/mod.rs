//! What a Terraform or OpenTofu plan does, read from `terraform show -json`
//! (<https://developer.hashicorp.com/terraform/internals/json-format>).

mod change;
mod config;
mod effect_hash;
mod encoding;
mod files;
mod instance;
mod leaves;
mod present;
mod read;
mod summary;
mod whole_hash;

use headgate_events::PlanHash;
use serde::Serialize;
use serde_json::Value;

pub use change::{Action, Change, ResourceChange, block_of};
pub use config::{
    Block, Config, Keys, Literal, LiteralKind, ModuleCall, Provider, Provisioner, Use, Variable,
};
pub use files::LocalFile;
pub use instance::{Instance, normal};
pub use leaves::{ShownAttribute, ShownValue};
pub use present::{Effect, ShownResource};
pub use read::{MAX_VALUES, PlanError, values};
pub use summary::Summary;

/// A plan, as far as a review needs it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// Version of the format, `0.1` to `1.2`.
    pub format_version: String,
    /// Version of Terraform or OpenTofu that made it.
    pub terraform_version: String,
    /// What happens to each resource, ordered by address.
    pub resource_changes: Vec<ResourceChange>,
    /// What changed outside Terraform since the last apply, ordered by address.
    pub resource_drift: Vec<ResourceChange>,
    /// Changes that are deferred to a later plan, with the reason.
    pub deferred_changes: Vec<Value>,
    /// Provider actions that the apply invokes (Terraform 1.14).
    pub action_invocations: Vec<Value>,
    /// Change of each output.
    pub output_changes: Value,
    /// Results of checks, preconditions and postconditions.
    pub checks: Vec<Value>,
    /// Values of the input variables of the root module.
    pub variables: Value,
    /// The configuration that was planned.
    pub config: Config,
    /// See [`Plan::hash`].
    #[serde(skip)]
    hash: PlanHash,
    /// See [`Plan::prior_state_sha256`].
    #[serde(skip)]
    prior_state: Option<String>,
}

impl Plan {
    /// Reads the output of `terraform show -json` or `tofu show -json`.
    ///
    /// # Errors
    /// [`PlanError`]; never panics.
    pub fn parse(bytes: &[u8]) -> Result<Self, PlanError> {
        read::parse(bytes)
    }

    /// SHA-256 over everything in the JSON except its time: changes, but also checks, drift, modules, variables, provider
    /// configuration, prior state, and whatever else this or a later version of the tool writes. See `whole_hash.rs` for its definition.
    #[must_use]
    pub fn hash(&self) -> &PlanHash {
        &self.hash
    }

    /// Addresses at which the state had an object that the plan moves, or that is gone since the last apply.
    #[must_use]
    pub fn moved_or_gone(&self) -> Vec<String> {
        let moved = self.resource_changes.iter().filter_map(|c| c.previous_address.clone());
        let gone = self.resource_drift.iter().filter(|c| c.does(Action::Delete));
        moved.chain(gone.map(|c| c.address.clone())).collect()
    }

    /// SHA-256 over the prior state in the JSON, if it has one: every resource and the results of data sources. Values that are not
    /// known yet, and provisioners, can depend on any of them, and the plan does not show how.
    #[must_use]
    pub fn prior_state_sha256(&self) -> Option<&str> {
        self.prior_state.as_deref()
    }
}
