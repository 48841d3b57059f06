//! Changes that were approved, and their permits.

use serde_json::{Value, json};

use crate::proposal::{Proposal, plan_hash};
use crate::world::World;

/// The one account of the local deployment.
pub const ACCOUNT: &str = "000000000000";
/// The agent that proposes and applies.
pub const BOT: &str = "terraform-bot";

/// An approved change, and what a permit for it is asked with.
pub struct Approved<'a> {
    /// Where.
    pub world: &'a World,
    /// What was proposed.
    pub proposal: Proposal,
    /// What asks for a permit.
    pub request: Value,
}

impl<'a> Approved<'a> {
    /// In an environment where nobody is asked.
    #[must_use]
    pub fn new(world: &'a World, environment: &str) -> Self {
        Self::of(world, Proposal::new(world, environment))
    }

    /// The same of a certain proposal.
    #[must_use]
    pub fn of(world: &'a World, proposal: Proposal) -> Self {
        proposal.send(world).ok();
        let shown = world.wait_status(&proposal.change, "approved");
        let request = json!({
            "revision": 1,
            "content_hash": shown["change"]["content_hash"],
            "plan_hash": plan_hash(),
        });
        Self { world, proposal, request }
    }

    /// Where permits are asked for.
    #[must_use]
    pub fn permits(&self) -> String {
        format!("/v1/changes/{}/permits", self.proposal.change)
    }

    /// A permit: its path and the body that uses it.
    #[must_use]
    pub fn permit(&self) -> (String, Value) {
        let issued = self.world.post(BOT, &self.permits(), &self.request).ok();
        let body = json!({
            "permit": issued["permit"], "account": ACCOUNT, "plan_hash": plan_hash(),
        });
        (format!("{}/{}", self.permits(), issued["permit_id"].as_str().unwrap()), body)
    }

    /// Reports how the apply ended.
    pub fn report(&self, permit: &str, outcome: &str) -> Value {
        let body = json!({ "outcome": outcome, "duration_ms": 5, "verification": "looked" });
        self.world.post(BOT, &format!("{permit}/report"), &body).ok()
    }
}
