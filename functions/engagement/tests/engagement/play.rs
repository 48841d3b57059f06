//! An engagement that tests drive.

use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use headgate_artifacts::Artifacts;
use headgate_domain::agents::Agents;
use headgate_domain::approval::Approval;
use headgate_engagement::{Api, Swept, handle, router, sweep};
use headgate_engagements::{Course, Kinds, PhaseReview};
use headgate_events::{Delivery, EngagementId, Outcome, Verdict};
use headgate_ledger::Key;
use headgate_outbox::{Flow, Once};
use headgate_test_support::{Answer, Aws, Caller, bucket, now, verifier};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

pub const ID: &str = "eng-1";

/// Two phases: the first one has a gate, the second one has none.
pub const TYPES: &str = r#"[{"name": "short", "phases": [
    {"id": "build", "title": "Build", "entry": "dev", "members": ["dev", "pm"],
     "limits": {"handoffs": 2, "iterations": 9, "timeout_seconds": 60, "extended_timeout_seconds": 120,
                "turn_seconds": 30, "window": 0, "distinct_agents": 0, "duration_seconds": 1200, "tokens": 100},
     "gate": {"quorum": 1, "roles": ["approver"], "separation_of_duties": true, "expires_in_seconds": 3600}},
    {"id": "review", "title": "Review", "entry": "pm", "members": ["pm"],
     "limits": {"handoffs": 2, "iterations": 9, "timeout_seconds": 60, "extended_timeout_seconds": 120,
                "turn_seconds": 30, "window": 0, "distinct_agents": 0, "duration_seconds": 1200}}]}]"#;

const AGENTS: &str = r#"{"dev-bot": {"human_owner": "dana", "models": ["m"]},
    "pm-bot": {"human_owner": "erin", "models": ["m"]}, "other-bot": {"human_owner": "dana", "models": ["m"]}}"#;

thread_local! {
    static LATER: AtomicI64 = const { AtomicI64::new(0) };
}

/// The clock of the functions: tests move it.
fn clock() -> Timestamp {
    let seconds = LATER.with(|later| later.load(Ordering::Relaxed));
    now() + SignedDuration::from_secs(seconds)
}

pub struct Play {
    pub aws: Aws,
}

impl Play {
    /// Nothing is there yet.
    pub fn empty() -> Self {
        LATER.with(|later| later.store(0, Ordering::Relaxed));
        Self { aws: Aws::new().storing() }
    }

    /// An engagement of `owen` in its first phase.
    pub async fn new() -> Self {
        let play = Self::empty();
        assert_eq!(play.create(&play.request()).await.status, 201);
        play
    }

    pub fn request(&self) -> Value {
        json!({
            "engagement_id": ID, "type": "short", "goal": "Orders survive a crash.", "environment": "local",
            "acceptance_criteria": ["No order is lost."], "members": {"dev": "dev-bot", "pm": "pm-bot"},
        })
    }

    pub async fn create(&self, body: &Value) -> Answer {
        Caller::new("owen", &["proposer"]).post(self.api(), "/v1/engagements", body).await
    }

    pub fn flow(&self, function: &'static str) -> Flow {
        Flow { clock, ..self.aws.flow(function) }
    }

    pub fn api(&self) -> Router {
        self.api_with(TYPES)
    }

    /// An API with other types of engagements.
    pub fn api_with(&self, types: &str) -> Router {
        self.api_over(types, bucket(b""))
    }

    /// An API with other types of engagements, and this bucket.
    pub fn api_over(&self, types: &str, artifacts: Artifacts) -> Router {
        let gate = json!({"quorum": 2, "roles": ["approver"], "separation_of_duties": true, "expires_in_seconds": 3600});
        let of = |name: &str| json!({"name": name, "account": "000000000000", "region": "us-east-1", "monthly_cost_limit_cents": 1, "gate": gate});
        router(Api {
            flow: self.flow("engagement-api"),
            artifacts,
            environments: json!([of("local"), of("prod")]).to_string().parse().unwrap(),
            agents: AGENTS.parse::<Agents>().unwrap(),
            kinds: types.parse::<Kinds>().unwrap(),
            verifier: verifier(),
        })
    }

    pub fn wait(&self, seconds: i64) {
        LATER.with(|later| later.fetch_add(seconds, Ordering::Relaxed));
    }

    /// Sends a request about the engagement.
    pub async fn post(&self, who: &Caller, path: &str, body: Value) -> Answer {
        who.post(self.api(), &format!("/v1/engagements/{ID}/{path}"), &body).await
    }

    pub fn course(&self) -> Course {
        let key = format!("ENGAGEMENT#{ID}/COURSE");
        serde_json::from_value(self.aws.stored()[&key].clone()).unwrap()
    }

    /// Where the engagement is: status, phase, attempt.
    pub fn is(&self) -> String {
        let course = self.course();
        format!("{} {} {}", course.status.name(), course.phase_id(), course.attempt)
    }

    pub async fn reports(&self, phase: &str, attempt: u32) -> Answer {
        let body = json!({"attempt": attempt, "report": {"result": "done", "summary": "Done."}});
        self.post(&dev_or_pm(phase), &format!("phases/{phase}/report"), body).await
    }

    /// The review by machine, as `pm-review` writes it.
    pub fn review(&mut self, verdict: Verdict) {
        let course = self.course();
        let review = PhaseReview {
            phase: course.phase_id().to_owned(),
            attempt: course.attempt,
            verdict,
            content_hash: "c0ffee".into(),
            findings: Vec::new(),
            criteria: Vec::new(),
        };
        let key = Key::phase_review(&ID.into(), course.phase_id(), course.attempt);
        self.aws = self.aws.clone().with(&key, &review);
    }

    /// What people decide, as `approval-gate-decide` writes it.
    pub fn decide(&self, outcome: Outcome) {
        let course = self.course();
        let key =
            format!("PHASE-APPROVAL#{ID}/{}/ATTEMPT#{:06}", course.phase_id(), course.attempt);
        self.aws.tamper(|at, body| {
            if at == key {
                let mut approval: Approval = serde_json::from_value(body.clone()).unwrap();
                approval.outcome = Some(outcome);
                *body = serde_json::to_value(approval).unwrap();
            }
        });
    }

    /// Delivers an event of the fleet, whatever it says.
    pub async fn hears(&self, kind: &str, id: &str, engagement: &str) -> Once {
        handle(&self.flow("engagement"), told(kind, id, engagement)).await.unwrap()
    }

    pub async fn sweeps(&self) -> Swept {
        sweep(&self.flow("engagement-sweep"), std::time::Duration::from_secs(55)).await.unwrap()
    }

    /// Types of the events so far, without their versions.
    pub fn events(&self) -> Vec<String> {
        let all = self.aws.published();
        all.iter().map(|kind| kind.split(".v").next().unwrap().to_owned()).collect()
    }
}

/// An event about the phase `build` of an engagement.
pub fn told(kind: &str, id: &str, engagement: &str) -> Delivery {
    headgate_test_support::delivery(kind, "headgate.pm-review", |detail| {
        detail["id"] = id.into();
        detail["subject"] = format!("{engagement}/build").into();
        detail["correlationid"] = EngagementId::from(engagement).as_str().into();
    })
}

pub fn agent(id: &str) -> Caller {
    Caller::new(id, &["agent"])
}

pub fn dev() -> Caller {
    agent("dev-bot")
}

fn dev_or_pm(phase: &str) -> Caller {
    agent(if phase == "build" { "dev-bot" } else { "pm-bot" })
}

pub fn owner() -> Caller {
    Caller::new("owen", &["proposer"])
}

pub fn operator() -> Caller {
    Caller::new("olga", &["operator"])
}
