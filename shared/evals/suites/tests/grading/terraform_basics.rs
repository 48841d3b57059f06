//! The suite `terraform-basics`, with correct and flawed recorded answers.

use std::path::Path;

use headgate_suites::grade::grade;
use headgate_suites::suite::{Files, Suite};
use headgate_suites::{CaseOutcome, Grade, Reply};

fn evals() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../evals")
}

fn suite() -> Suite {
    Suite::read(&Files::from_folder(&evals().join("terraform-basics")).unwrap()).unwrap()
}

fn recorded(task: &str, which: &str) -> String {
    std::fs::read_to_string(evals().join(format!("recorded/{task}/{which}.hcl"))).unwrap()
}

fn graded(suite: &Suite, task: &str, answer: &str) -> (f64, bool, Vec<Grade>) {
    let task = suite.task(task).unwrap();
    let grades = grade(task, &Reply { answer, seconds: 1.0, usd: 0.001 }).unwrap();
    match headgate_suites::graded(&task.graders, grades) {
        CaseOutcome::Graded { score, passed, grades } => (score, passed, grades),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_task_has_three_wordings_or_more() {
    let suite = suite();
    assert!(suite.tasks.len() >= 11);
    assert!(suite.tasks.iter().all(|t| t.prompts.len() >= 3));
    assert!(suite.verifier.is_some());
}

#[test]
fn what_is_right_passes_with_full_score() {
    let suite = suite();
    for task in &suite.tasks {
        let (score, passed, grades) = graded(&suite, &task.name, &recorded(&task.name, "good"));
        assert!(passed && (score - 1.0).abs() < 1e-9, "{}: {score} {grades:#?}", task.name);
    }
}

#[test]
fn what_is_wrong_fails_and_says_why() {
    let suite = suite();
    for task in &suite.tasks {
        let (score, passed, grades) = graded(&suite, &task.name, &recorded(&task.name, "flawed"));
        assert!(!passed && score < 1.0, "{}: {score} {grades:#?}", task.name);
        let said = |g: &&Grade| !g.passed && !g.evidence.is_empty();
        assert!(grades.iter().any(|g| said(&g)), "{}: {grades:#?}", task.name);
    }
}

#[test]
fn what_is_no_hcl_has_no_points_for_it() {
    let suite = suite();
    for task in &suite.tasks {
        let (score, passed, grades) = graded(&suite, &task.name, "I am sorry, I cannot do that.");
        let lost = ["hcl_parses", "hcl_formatted", "region", "no_wildcards", "required_tags"];
        let zero = |name: &&str| grades.iter().any(|g| g.grader == **name && g.score == 0.0);
        assert!(!passed && score < 0.5 && lost.iter().all(zero), "{}: {grades:#?}", task.name);
    }
}

/// The expected results are those of `terraform fmt -check` for the recorded answers.
#[test]
fn the_layout_is_that_of_terraform_fmt() {
    let suite = suite();
    let unformatted = ["bucket", "database", "queue", "registry"];
    for task in &suite.tasks {
        for which in ["good", "flawed"] {
            let (.., grades) = graded(&suite, &task.name, &recorded(&task.name, which));
            let ours = grades.iter().find(|g| g.grader == "hcl_formatted").unwrap();
            let theirs = which == "good" || !unformatted.contains(&task.name.as_str());
            assert_eq!(ours.passed, theirs, "{} {which}: {}", task.name, ours.evidence);
        }
    }
}
