//! The suite `review-judgement`: plans with planted faults.

use std::path::Path;

use headgate_suites::grade::grade;
use headgate_suites::suite::{Check, Files, Suite, Task};
use headgate_suites::{CaseOutcome, Reply};
use serde_json::{Value, json};

fn suite() -> Suite {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../evals/review-judgement");
    Suite::read(&Files::from_folder(&folder).unwrap()).unwrap()
}

fn planted(task: &Task) -> Vec<String> {
    let data = task.graders.iter().find_map(|g| match &g.check {
        Check::Rego { data, .. } => Some(data.clone()),
        _ => None,
    });
    serde_json::from_value(data.unwrap()["planted"].clone()).unwrap()
}

fn graded(task: &Task, addresses: &[&str]) -> (f64, bool) {
    let fault = |address: &&str| json!({ "address": address, "why": "because" });
    let answer = json!({ "faults": addresses.iter().map(fault).collect::<Vec<_>>() }).to_string();
    let grades = grade(task, &Reply { answer: &answer, seconds: 1.0, usd: 0.0 }).unwrap();
    match headgate_suites::graded(&task.graders, grades) {
        CaseOutcome::Graded { score, passed, .. } => (score, passed),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_planted_is_in_the_plan_and_passes() {
    let suite = suite();
    assert!(suite.tasks.len() >= 8);
    for task in &suite.tasks {
        let plan: Value = serde_json::from_str(&task.attachments[0].text).unwrap();
        let planted = planted(task);
        let changes = plan["resource_changes"].as_array().unwrap();
        let known: Vec<&str> = changes.iter().map(|c| c["address"].as_str().unwrap()).collect();
        assert!(planted.iter().all(|p| known.contains(&p.as_str())), "{}", task.name);
        let addresses: Vec<&str> = planted.iter().map(String::as_str).collect();
        assert_eq!(graded(task, &addresses), (1.0, true), "{}", task.name);
    }
}

#[test]
fn naming_everything_or_nothing_does_not_pass() {
    for task in &suite().tasks {
        let plan: Value = serde_json::from_str(&task.attachments[0].text).unwrap();
        let changes = plan["resource_changes"].as_array().unwrap();
        let all: Vec<&str> = changes.iter().map(|c| c["address"].as_str().unwrap()).collect();
        let (score, passed) = graded(task, &all);
        assert!(!passed && score < 1.0, "{}: {score}", task.name);
        assert_eq!(graded(task, &[]).1, planted(task).is_empty(), "{}", task.name);
    }
}
