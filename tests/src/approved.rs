//! Approved changes and their permits.

use serde_json::{Value, json};

use crate::plan::{plan_file_sha256, plan_hash};
use crate::proposal::Proposal;
use crate::world::World;

/// The AWS account of the local deployment.
pub const ACCOUNT: &str = "000000000000";
/// The agent that proposes changes and applies them.
pub const BOT: &str = "terraform-bot";

/// An approved change, and the request for its permit.
pub struct Approved<'a> {
    /// The fleet that approved it.
    pub world: &'a World,
    /// The approved proposal.
    pub proposal: Proposal,
    /// The body of a permit request.
    pub request: Value,
}

impl<'a> Approved<'a> {
    /// A new approved change, in an environment that needs no votes.
    #[must_use]
    pub fn new(world: &'a World, environment: &str) -> Self {
        Self::of(world, Proposal::new(world, environment))
    }

    /// Sends a proposal and waits until it is approved.
    #[must_use]
    pub fn of(world: &'a World, proposal: Proposal) -> Self {
        proposal.send(world).ok();
        let shown = world.wait_status(&proposal.change, "approved");
        let request = json!({
            "revision": 1,
            "content_hash": shown["change"]["content_hash"],
            "plan_hash": plan_hash(),
            "plan_file_sha256": plan_file_sha256(),
        });
        Self { world, proposal, request }
    }

    /// API path for permit requests.
    #[must_use]
    pub fn permits(&self) -> String {
        format!("/v1/changes/{}/permits", self.proposal.change)
    }

    /// Requests a permit. Returns its API path and the body that uses it.
    #[must_use]
    pub fn permit(&self) -> (String, Value) {
        let issued = self.world.post(BOT, &self.permits(), &self.request).ok();
        let body = json!({
            "permit": issued["permit"], "account": ACCOUNT, "plan_hash": plan_hash(),
            "plan_file_sha256": plan_file_sha256(),
        });
        (format!("{}/{}", self.permits(), issued["permit_id"].as_str().unwrap()), body)
    }

    /// Reports the outcome of the apply.
    pub fn report(&self, permit: &str, outcome: &str) -> Value {
        let body = json!({ "outcome": outcome, "duration_ms": 5, "verification": "looked" });
        self.world.post(BOT, &format!("{permit}/report"), &body).ok()
    }
}
