#![doc = include_str!("../README.md")]

mod arns;
mod backend;
mod needs;
mod pack;
mod passed;
mod place;
mod providers;
mod resolve;
mod services;
mod touched;

use std::collections::BTreeSet;

use headgate_domain::plan::Plan;
use headgate_domain::state::PlannedState;
use headgate_domain::text::one_line;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use headgate_domain::environment::{Grant, Width};
pub use pack::MAX_POLICY;
pub use place::Place;

/// Version of the derivation. Raise it with every change that lets an apply do less: reviews of before are void then.
pub const DERIVATION: u32 = 1;

/// What an apply may do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Access {
    /// Version of the derivation: [`DERIVATION`]. Credentials are only given for the current one.
    #[serde(default)]
    pub version: u32,
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

/// What the environment allows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Allowed<'a> {
    /// What applies may do besides what their plans say.
    pub grants: &'a [Grant],
    /// The widest policy.
    pub widest: Width,
    /// ARNs of objects and tables that an apply may use for its state, with `*`; `None` allows any.
    pub states: Option<&'a [String]>,
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

/// Derives what the apply of a plan may do. `state` is the state that the apply writes.
#[must_use]
pub fn derive(
    plan: &Plan,
    place: &Place,
    state: Option<&PlannedState>,
    allowed: Allowed<'_>,
) -> Access {
    let mut needs = needs::of(plan, place, allowed.grants);
    if let Some(state) = state {
        backend::add(&mut needs, state, place, allowed.states);
    }
    let policies = pack::policies(&needs, place, allowed.widest);
    if policies.is_empty() && needs.unknown.is_empty() {
        needs.unknown.insert(Unknown {
            address: String::new(),
            problem: format!(
                "not even the widest session policy fits into {MAX_POLICY} characters"
            ),
            fix: "split the change into smaller ones".to_owned(),
        });
    }
    Access { version: DERIVATION, policies, unknown: shortened(needs.unknown) }
}

/// Most unknown things that a review keeps.
const MAX_UNKNOWN: usize = 20;
/// Most bytes of an address or a problem.
const MAX_TEXT: usize = 300;

/// The first of them, with short texts: a review must fit into an item of the ledger.
fn shortened(unknown: BTreeSet<Unknown>) -> Vec<Unknown> {
    let short = |unknown: Unknown| Unknown {
        address: one_line(&unknown.address, MAX_TEXT),
        problem: one_line(&unknown.problem, MAX_TEXT),
        fix: unknown.fix,
    };
    unknown.into_iter().take(MAX_UNKNOWN).map(short).collect()
}
