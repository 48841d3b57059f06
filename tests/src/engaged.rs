//! An engagement with phases, and the agents that work on it.

use headgate_engagements::template;
use serde_json::{Value, json};

use crate::world::{Answer, World};

/// An engagement that a story carries through its phases.
pub struct Engaged<'a> {
    /// The fleet that runs it.
    pub world: &'a World,
    /// Its id.
    pub id: String,
}

impl<'a> Engaged<'a> {
    /// Begins an engagement of dana's.
    #[must_use]
    pub fn begin(world: &'a World, kind: &str, criteria: &[&str]) -> Self {
        let id = world.id("eng");
        let roles = ["data", "dev", "infra", "pm", "qa", "sa", "security"];
        let member = |role: &str| {
            if ["pm", "qa", "sa"].contains(&role) { "pm-bot" } else { "terraform-bot" }
        };
        let members: serde_json::Map<_, _> =
            roles.iter().map(|role| ((*role).to_owned(), json!(member(role)))).collect();
        let body = json!({
            "engagement_id": id, "type": kind, "goal": "Orders survive a crash.", "environment": "dev",
            "acceptance_criteria": criteria, "members": members,
            "scope": { "constraints": ["At most 50 USD a month."], "wont_do": ["The user interface."] },
        });
        let made = world.post("dana", "/v1/engagements", &body);
        assert_eq!(made.status, 201, "{}", made.body);
        Self { world, id }
    }

    /// Sends a request about the engagement.
    pub fn post(&self, who: &str, path: &str, body: &Value) -> Answer {
        self.world.post(who, &format!("/v1/engagements/{}/{path}", self.id), body)
    }

    /// The engagement as the API shows it.
    #[must_use]
    pub fn shown(&self) -> Value {
        self.world.get("vic", &format!("/v1/engagements/{}", self.id)).ok()
    }

    /// Status, phase and attempt.
    #[must_use]
    pub fn place(&self) -> (String, String, u64) {
        let course = &self.shown()["course"];
        let current = course["current"].as_u64().unwrap();
        let phase = &course["phases"][usize::try_from(current).unwrap()]["id"];
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (text(&course["status"]), text(phase), course["attempt"].as_u64().unwrap())
    }

    /// Waits until the engagement is there. Sweeps, as the schedule does every minute.
    #[track_caller]
    pub fn wait(&self, status: &str, phase: &str, attempt: u64) {
        let wanted = (status.to_owned(), phase.to_owned(), attempt);
        let mut looks = 0;
        self.world.wait_for(&format!("{wanted:?}"), || {
            looks += 1;
            if looks % 5 == 0 {
                self.world.run_now("engagement-sweep");
            }
            (self.place() == wanted).then_some(())
        });
    }

    /// Who works on a phase.
    fn worker(phase: &str) -> &'static str {
        match phase {
            "discovery" | "handoff" | "retrospective" => "pm-bot",
            _ => "terraform-bot",
        }
    }

    /// A result with deliverables of these templates. The first one shows every criterion.
    #[must_use]
    pub fn result(&self, phase: &str, templates: &[&str], state: &str) -> Value {
        let worker = Self::worker(phase);
        let deliverables = templates.iter().map(|name| {
            let text = format!("{}\n{} {phase}\n", template(name).unwrap(), self.id);
            let artifact = self.world.upload(worker, text.as_bytes());
            json!({ "name": name, "template": name, "artifact": artifact })
        });
        let criteria = self.shown()["engagement"]["acceptance_criteria"].as_array().unwrap().len();
        let criteria = (1..=criteria).map(|n| {
            json!({ "id": format!("ac-{n}"), "state": state, "evidence": [templates[0]], "note": "tested" })
        });
        json!({
            "result": "done", "summary": format!("{phase} is done."),
            "deliverables": deliverables.collect::<Vec<_>>(), "criteria": criteria.collect::<Vec<_>>(),
        })
    }

    /// Reports something of an attempt.
    pub fn report(&self, phase: &str, attempt: u64, report: &Value) -> Answer {
        let body = json!({ "attempt": attempt, "report": report });
        self.post(Self::worker(phase), &format!("phases/{phase}/report"), &body)
    }

    /// Votes on what is shown.
    pub fn vote(&self, who: &str, vote: &str, comment: &str) -> Answer {
        let shown = self.shown();
        let approval = &shown["approval"];
        let subject = approval["change_id"].as_str().unwrap();
        let phase = subject.split_once('/').unwrap().1;
        let body = json!({
            "revision": approval["revision"], "content_hash": approval["content_hash"], "vote": vote,
            "comment": comment, "ratings": { "quality": 4, "relevance": 5, "completeness": 3 },
        });
        self.post(who, &format!("phases/{phase}/decisions"), &body)
    }
}
