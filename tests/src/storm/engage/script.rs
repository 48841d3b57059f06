//! What agents and people do in an engagement, from where it is. Doing it again changes nothing.

use std::collections::BTreeMap;

use headgate_engagements::{TEMPLATES, template};
use headgate_events::Artifact;
use serde_json::{Value, json};

use super::Carried;
use crate::world::World;

/// The agents that work on phases.
const AGENTS: [&str; 2] = ["pm-bot", "terraform-bot"];

/// Id of the question that is asked in Discovery.
pub(super) const QUESTION: &str = "retention";

/// A file of each template, by agent and template.
#[derive(Default)]
pub(super) struct Uploads(BTreeMap<(&'static str, &'static str), Artifact>);

impl Uploads {
    pub(super) fn make(world: &World) -> Self {
        let one = |agent, name| {
            let text = template(name).unwrap();
            ((agent, name), world.upload(agent, text.as_bytes()))
        };
        let of = |agent| TEMPLATES.iter().map(move |(name, _)| one(agent, *name));
        Self(AGENTS.into_iter().flat_map(of).collect())
    }
}

/// An engagement, and what was heard of it.
pub(super) struct Script<'a> {
    pub(super) world: &'a World,
    pub(super) carried: &'a Carried,
    pub(super) uploads: &'a Uploads,
    /// Whether people were reminded of the question.
    pub(super) reminded: bool,
}

impl Script<'_> {
    /// Does what the engagement waits for. Errors are ignored: the next round tries again.
    pub(super) fn step(&self) {
        let shown = self.world.get("vic", &format!("/v1/engagements/{}", self.carried.id));
        if shown.status == 404 {
            self.create();
            return;
        }
        let course = &shown.body["course"];
        let Some(current) = course["current"].as_u64() else { return };
        let phase = &course["phases"][usize::try_from(current).unwrap_or_default()];
        let (Some(id), Some(attempt)) = (phase["id"].as_str(), course["attempt"].as_u64()) else {
            return;
        };
        match course["status"].as_str() {
            Some("working") if id == "discovery" && attempt == 1 && self.asks(course) => {}
            Some("working") => self.report(id, attempt, phase),
            Some("deciding") if !shown.body["approval"].is_null() => {
                let approval = &shown.body["approval"];
                let vote = if (id, attempt) == ("discovery", 1) { "revise" } else { "approve" };
                let body = json!({
                    "revision": approval["revision"], "content_hash": approval["content_hash"], "vote": vote,
                    "comment": "as agreed", "ballot": format!("{id}-{attempt}"),
                });
                self.post("alice", &format!("phases/{id}/decisions"), &body);
            }
            _ => {}
        }
    }

    fn post(&self, who: &str, path: &str, body: &Value) {
        self.world.post(who, &format!("/v1/engagements/{}/{path}", self.carried.id), body);
    }

    fn create(&self) {
        let (kind, members) = if self.carried.whole {
            let of =
                |role: &&str| if ["pm", "qa", "sa"].contains(role) { AGENTS[0] } else { AGENTS[1] };
            let roles = ["data", "dev", "infra", "pm", "qa", "sa", "security"];
            (
                "delivery-quick",
                roles.iter().map(|role| (*role, of(role))).collect::<BTreeMap<_, _>>(),
            )
        } else {
            ("short", BTreeMap::from([("dev", AGENTS[1])]))
        };
        let body = json!({
            "engagement_id": self.carried.id, "type": kind, "goal": "a storm", "environment": "dev",
            "acceptance_criteria": ["No order is lost."], "members": members,
        });
        self.world.post("dana", "/v1/engagements", &body);
    }

    /// Asks a question in the first attempt at Discovery, and answers it after the reminder. Whether that is still going on.
    fn asks(&self, course: &Value) -> bool {
        let question = &course["questions"][0];
        if question.is_null() {
            let body = json!({ "attempt": 1, "interrupt_id": QUESTION, "question": "How long are orders kept?" });
            self.post("pm-bot", "phases/discovery/interrupts", &body);
            return true;
        }
        let answered = !question["answer"].is_null();
        if !answered && self.reminded {
            let body = json!({ "phase": "discovery", "attempt": 1, "answer": "90 days" });
            self.post("dana", &format!("interrupts/{QUESTION}/answer"), &body);
        }
        !answered
    }

    /// Reports what the script says of this attempt.
    fn report(&self, id: &str, attempt: u64, phase: &Value) {
        let wanted = phase["deliverables"].as_array().into_iter().flatten();
        let wanted = wanted.filter_map(Value::as_str);
        let report = match (id, attempt) {
            // Nobody reports in time.
            ("poc", 1) => return,
            ("architecture", 2) => {
                json!({ "result": "failed", "reason": "The repository is gone." })
            }
            // Incomplete: the review sends it back.
            ("architecture", 1) => self.result(id, wanted.filter(|t| *t != "security_review")),
            _ => self.result(id, wanted),
        };
        let body = json!({ "attempt": attempt, "report": report });
        self.post(worker(id), &format!("phases/{id}/report"), &body);
    }

    /// A result with these deliverables. All of them show the criterion.
    fn result<'t>(&self, id: &str, templates: impl Iterator<Item = &'t str>) -> Value {
        let made = |name: &'t str| {
            let mut uploads = self.uploads.0.iter();
            let artifact = uploads.find(|((agent, of), _)| *agent == worker(id) && *of == name);
            json!({ "name": name, "template": name, "artifact": artifact.map(|(_, a)| a) })
        };
        let templates: Vec<_> = templates.collect();
        let criteria = match templates.first() {
            Some(first) => {
                json!([{ "id": "ac-1", "state": "met", "evidence": [first], "note": "tested" }])
            }
            None => json!([]),
        };
        let deliverables: Vec<_> = templates.into_iter().map(made).collect();
        json!({ "result": "done", "summary": "Done.", "deliverables": deliverables, "criteria": criteria })
    }
}

/// Who works on a phase.
fn worker(phase: &str) -> &'static str {
    match phase {
        "discovery" | "handoff" | "retrospective" => AGENTS[0],
        _ => AGENTS[1],
    }
}
