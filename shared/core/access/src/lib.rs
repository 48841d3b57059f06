#![doc = include_str!("../README.md")]

mod arns;
mod backend;
mod needs;
mod pack;
mod passed;
mod place;
mod resolve;
mod services;
mod touched;

use headgate_domain::plan::Plan;
use headgate_domain::state::PlannedState;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use headgate_domain::environment::Grant;
pub use pack::MAX_POLICY;
pub use place::Place;

/// What an apply may do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Access {
    /// Session policies, the narrowest first. Empty if none fits into what STS takes.
    pub policies: Vec<SessionPolicy>,
    /// What nobody can say before the apply. If there is any, there are no credentials.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<Unknown>,
}

/// A policy for `AssumeRole`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SessionPolicy {
    /// How wide it is.
    pub width: Width,
    /// The policy as JSON, 2,048 characters at most.
    pub document: String,
}

/// How wide a session policy is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Width {
    /// The ARNs of the resources.
    Exact,
    /// What the names of the resources have in common.
    Names,
    /// Whole services.
    Services,
}

/// Something that an apply needs and that nobody can name before it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Unknown {
    /// Address of the resource, the provider or the backend.
    pub address: String,
    /// What is unknown about it.
    pub problem: String,
    /// What to do about it.
    pub fix: String,
}

/// Derives what the apply of a plan may do. `state` is the state that the apply writes, and `grants` what the environment allows besides.
#[must_use]
pub fn derive(
    plan: &Plan,
    place: &Place,
    state: Option<&PlannedState>,
    grants: &[Grant],
) -> Access {
    let mut needs = needs::of(plan, place, grants);
    if let Some(state) = state {
        backend::add(&mut needs, state, place);
    }
    let policies = pack::policies(&needs, place);
    if policies.is_empty() && needs.unknown.is_empty() {
        needs.unknown.insert(Unknown {
            address: String::new(),
            problem: format!(
                "not even the widest session policy fits into {MAX_POLICY} characters"
            ),
            fix: "split the change into smaller ones".to_owned(),
        });
    }
    Access { policies, unknown: needs.unknown.into_iter().collect() }
}
