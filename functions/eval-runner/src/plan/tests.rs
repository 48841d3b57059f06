//! Valid requests, and requests that are refused.
#![allow(clippy::unwrap_used)]

use headgate_events::latest::EvalRequested;
use headgate_events::{Artifact, Event};
use headgate_models::Models;
use headgate_suites::suite::{Files, Suite};
use headgate_suites::{RunHead, RunStatus};
use jiff::Timestamp;

use super::check::{check, comparable};
use super::head;

fn suite(verifier: bool, judge: bool) -> Suite {
    let mut files = Files::default();
    let mut text = "name = \"d\"\nfamily = \"d\"\n".to_owned();
    if verifier {
        text.push_str("verifier = \"v.md\"\n");
    }
    text.push_str("[[graders]]\nkind = \"hcl_parses\"\n");
    if judge {
        text.push_str("[[graders]]\nkind = \"judge\"\nmodel = \"ours\"\nrubric = \"v.md\"\n");
    }
    for (name, text) in [
        ("suite.toml", text.as_str()),
        ("v.md", "Look closely."),
        ("tasks/a.toml", "prompts = [\"One?\", \"Uno?\"]\n"),
        ("tasks/b.toml", "prompts = [\"Two?\"]\n"),
    ] {
        files.files.insert(name.to_owned(), text.to_owned());
    }
    Suite::read(&files).unwrap()
}

fn models() -> Models {
    r#"{
        "big": {"served_by": {"bedrock": {"model_id": "b"}}, "price": {"input": 3, "output": 15}},
        "small": {"served_by": {"bedrock": {"model_id": "s"}}, "price": {"input": 1, "output": 2}},
        "ours": {"served_by": {"external": {"reporter": "ci.evals"}}, "price": {"input": 0, "output": 0}}
    }"#
    .parse()
    .unwrap()
}

fn request(candidates: &[&str]) -> EvalRequested {
    EvalRequested {
        suite: Artifact {
            uri: "s3://b/sha256/x".to_owned(),
            sha256: "x".to_owned(),
            bytes: 1,
            media_type: "application/json".to_owned(),
        },
        candidates: candidates.iter().map(|c| (*c).to_owned()).collect(),
        baseline: None,
        baseline_run: None,
        repeats: None,
        ceiling_usd: 1.0,
        minutes: 10,
    }
}

#[track_caller]
fn refused(request: &EvalRequested, suite: &Suite, reasons: &[&str]) {
    assert_eq!(check(request, suite, &models(), 5.0).unwrap_err(), reasons);
}

#[test]
fn a_good_one_is_run_here_but_for_what_is_run_elsewhere() {
    let checked =
        check(&request(&["big", "small+big", "ours"]), &suite(true, false), &models(), 5.0);
    let checked = checked.unwrap();
    let ours: Vec<_> = checked.ours.iter().map(ToString::to_string).collect();
    assert_eq!(ours, ["big", "small+big"]);
    assert_eq!(checked.repeats, 5, "the suite's default");
}

#[test]
fn every_reason_is_said() {
    let good = suite(true, false);
    refused(&request(&[]), &good, &["there are no candidates; name at least one"]);
    refused(&request(&["big", "big"]), &good, &["`big` is named twice"]);
    refused(
        &request(&["Big"]),
        &good,
        &[
            "`Big` is not a candidate: write `model` or `generator+verifier`, with lowercase letters, \
             digits, `.`, `-` and `_`",
        ],
    );
    let unknown = "there is no model `huge`; the models are big, ours, small";
    refused(&request(&["huge"]), &good, &[unknown]);
    refused(
        &request(&["small+ours"]),
        &good,
        &["`small+ours`: an external model cannot be part of a pair"],
    );
    refused(
        &request(&["small+big"]),
        &suite(false, false),
        &["`small+big` has a verifier, but the suite has no verifier prompt"],
    );
    refused(
        &request(&["big"]),
        &suite(true, true),
        &["the judge `ours` is not a model that this deployment calls"],
    );
    refused(
        &EvalRequested { repeats: Some(0), minutes: 0, ceiling_usd: f64::NAN, ..request(&["big"]) },
        &good,
        &[
            "repeats must be 1 to 100, not 0",
            "minutes must be 1 to 1440, not 0",
            "the ceiling must be above 0 and at most 5 US dollars, not NaN",
        ],
    );
    refused(
        &EvalRequested { baseline: Some("small".to_owned()), ..request(&["big"]) },
        &good,
        &[
            "the baseline `small` is not a candidate; add it, or name an earlier run with its results",
        ],
    );
    refused(
        &EvalRequested { baseline_run: Some("r".to_owned()), ..request(&["big"]) },
        &good,
        &["a baseline run needs the name of a baseline; add it"],
    );
    let earlier = EvalRequested {
        baseline: Some("small".to_owned()),
        baseline_run: Some("r".to_owned()),
        ..request(&["big"])
    };
    assert!(check(&earlier, &good, &models(), 5.0).is_ok());
}

#[test]
fn a_run_has_an_end_in_size_too() {
    let mut files = Files::default();
    let prompts = vec!["\"x\""; 50].join(", ");
    let text = "name = \"d\"\nfamily = \"d\"\n[[graders]]\nkind = \"hcl_parses\"\n";
    files.files.insert("suite.toml".to_owned(), text.to_owned());
    for i in 0..10 {
        files.files.insert(format!("tasks/t{i}.toml"), format!("prompts = [{prompts}]\n"));
    }
    let large = Suite::read(&files).unwrap();
    refused(
        &EvalRequested { repeats: Some(21), ..request(&["big"]) },
        &large,
        &["the run has 10500 cases, and the limit is 10000; request fewer repeats"],
    );
}

#[test]
fn candidates_have_a_limit() {
    let names: Vec<String> = (0..33).map(|n| format!("m{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let many = "there are 33 candidates; the limit is 32";
    refused(&request(&names), &suite(false, false), &[many]);
}

#[test]
fn an_earlier_run_has_to_fit() {
    let fixture = include_str!("../../../../events/fixtures/eval.requested.v1.json");
    let event: Event<EvalRequested> = serde_json::from_str(fixture).unwrap();
    let suite = suite(false, false);
    let mut earlier = head(&event, Timestamp::UNIX_EPOCH);
    earlier.candidates = vec!["big".to_owned()];
    earlier.status = RunStatus::Completed;
    earlier.digest.clone_from(&suite.digest);
    let mut asked = request(&["small"]);
    (asked.baseline, asked.baseline_run) = (Some("big".to_owned()), Some("r1".to_owned()));
    let said =
        |asked: &EvalRequested, earlier: Option<&RunHead>| comparable(asked, earlier, &suite);
    assert!(said(&asked, Some(&earlier)).is_empty());
    assert_eq!(said(&asked, None), ["there is no run r1 to compare with"]);
    let mut other = earlier.clone();
    other.status = RunStatus::Running;
    other.candidates = vec!["ours".to_owned()];
    other.digest = "abc".to_owned();
    asked.candidates.push("big".to_owned());
    assert_eq!(
        said(&asked, Some(&other)),
        [
            "the baseline `big` is also a candidate of this run; remove it, or do not name the run r1",
            "the run r1 has no results: it is still running, or was refused",
            "`big` was not a candidate of the run r1",
            "the run r1 used another version of d; only runs of the same version can be compared",
        ]
    );
}
