//! An engagement with one phase, `build`, which has a gate, an acceptance criterion and a deliverable of the template `adr`.

use headgate_domain::engagement::Engagement;
use headgate_engagements::{Command, Course, Kinds, Report, Submission};
use headgate_events::{Actor, ActorKind, Artifact, CriterionResult, CriterionState, Deliverable};
use serde_json::json;

use crate::fixtures::{engagement, gate};
use crate::now;

/// The agent that works on the phase.
pub const WORKER: &str = "terraform-bot";

/// The engagement.
#[must_use]
pub fn phased() -> Engagement {
    let mut engagement = engagement();
    engagement.kind = "one".to_owned();
    engagement.acceptance_criteria = vec!["No order is lost.".to_owned()];
    engagement.members.insert("dev".to_owned(), WORKER.into());
    engagement
}

/// The agent that works on the phase, as it is on the timeline.
#[must_use]
pub fn worker() -> Actor {
    Actor { kind: ActorKind::Agent, id: WORKER.into(), on_behalf_of: Some("dana".into()) }
}

/// The course of the engagement: agents work.
#[must_use]
pub fn working() -> Course {
    let limits = json!({
        "handoffs": 9, "iterations": 9, "timeout_seconds": 600, "extended_timeout_seconds": 600, "turn_seconds": 300,
        "window": 0, "distinct_agents": 0, "duration_seconds": 1200,
    });
    let kinds = json!([{ "name": "one", "phases": [{
        "id": "build", "title": "Build", "entry": "dev", "members": ["dev"], "limits": limits, "deliverables": ["adr"],
        "criteria": "met", "gate": gate(),
    }] }]);
    let kinds: Kinds = kinds.to_string().parse().unwrap();
    Course::begin(&phased(), kinds.phases("one").unwrap(), now()).unwrap().0
}

/// The result of the phase. The criterion is met, and the deliverable shows it.
#[must_use]
pub fn submission(artifact: Artifact) -> Submission {
    let met = CriterionResult {
        id: "ac-1".to_owned(),
        state: CriterionState::Met,
        evidence: vec!["decision".to_owned()],
        note: "tested".to_owned(),
    };
    let name = "decision".to_owned();
    let decision = Deliverable { name, template: Some("adr".to_owned()), artifact };
    Submission {
        summary: "The queue is durable.".to_owned(),
        deliverables: vec![decision],
        criteria: vec![met],
    }
}

/// The course after a result was reported.
#[must_use]
pub fn reviewing(submission: Submission) -> Course {
    let mut course = working();
    let begun = course.clone();
    let report = Report::Done(submission);
    let workers = [WORKER.into(), "dana".into()];
    let by = worker();
    let command = Command::Report { at: begun.at(), report: &report, by: &by, workers: &workers };
    course.apply(command, now()).unwrap();
    course
}
