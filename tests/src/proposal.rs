//! Proposals, and the two ways to send them: through the API or as an event on the bus.

use headgate_events::Artifact;
use serde_json::{Value, json};

use crate::plan::PLAN;
use crate::world::{Answer, World};

/// A proposal that passes every check. Stories change it to make checks fail.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// Id of the change.
    pub change: String,
    /// Id of the change's engagement.
    pub engagement: String,
    /// The `data` of `change.proposed.v2`.
    pub data: Value,
}

impl Proposal {
    /// A proposal by `terraform-bot` for an environment. Uploads its artifacts.
    #[must_use]
    pub fn new(world: &World, environment: &str) -> Self {
        let plan = world.upload("terraform-bot", PLAN.as_bytes());
        Self::with_plan(world, environment, &plan)
    }

    /// Like [`Proposal::new`], with an uploaded plan.
    #[must_use]
    pub fn with_plan(world: &World, environment: &str, plan: &Artifact) -> Self {
        let engagement = world.id("eng");
        world.engage(&engagement);
        Self::within(world, &engagement, environment, plan)
    }

    /// A proposal for an engagement that exists.
    #[must_use]
    pub fn within(world: &World, engagement: &str, environment: &str, plan: &Artifact) -> Self {
        let (change, engagement) = (world.id("chg"), engagement.to_owned());
        let data = json!({
            "engagement_id": engagement,
            "revision": 1,
            "environment": environment,
            "account": "000000000000",
            "region": "us-east-1",
            "lane": "execute",
            "agent": { "id": "terraform-bot", "model": "model-a", "human_owner": "dana" },
            "dossier": {
                "why": "Orders need a queue.",
                "affected_systems": ["orders"],
                "plan": plan,
                "evidence": [plan, world.plan_file()],
                "blast_radius": "One new queue and one new bucket; nothing else.",
                "rollback": "terraform destroy",
                "monthly_cost_delta_cents": 120,
                "owner": "dana",
                "fallback_owner": "eli",
                "rollout": { "steps": ["apply"], "thresholds": [] },
            },
        });
        Self { change, engagement, data }
    }

    /// Sends the proposal to the API as `terraform-bot`.
    pub fn send(&self, world: &World) -> Answer {
        let mut body = self.data.clone();
        body["change_id"] = json!(self.change);
        world.post("terraform-bot", "/v1/changes", &body)
    }

    /// Type and detail of the event that `terraform-bot` puts on the bus.
    #[must_use]
    pub fn event(&self, version: u8) -> (String, Value) {
        let kind = format!("change.proposed.v{version}");
        let mut data = self.data.clone();
        if version == 1 {
            data["agent"].as_object_mut().unwrap().remove("human_owner");
        }
        let detail = json!({
            "specversion": "1.0",
            "id": uuid::Uuid::new_v4().to_string(),
            "source": "agent.terraform-bot",
            "type": kind,
            "subject": self.change,
            "time": jiff::Timestamp::now().to_string(),
            "datacontenttype": "application/json",
            "dataschema": format!("urn:headgate:schema:{kind}"),
            "correlationid": self.engagement,
            "actorkind": "agent",
            "actorid": "terraform-bot",
            "data": data,
        });
        (kind, detail)
    }

    /// Puts the proposal on the bus as `terraform-bot`.
    pub fn put(&self, world: &World, version: u8) {
        let (kind, detail) = self.event(version);
        world.put_events("agent.terraform-bot", &[(kind, detail)]);
    }
}

/// The queue message body that EventBridge builds from an entry.
#[must_use]
pub fn queue_body(kind: &str, detail: &Value) -> String {
    json!({
        "version": "0", "id": "e", "detail-type": kind, "source": "agent.terraform-bot",
        "account": "000000000000", "time": "2026-11-02T09:30:00Z", "region": "us-east-1",
        "resources": [], "detail": detail,
    })
    .to_string()
}
