//! Requests that cannot be run.
#![allow(clippy::unwrap_used)]

use headgate_evals::suite::{Files, Suite};
use headgate_events::Artifact;
use headgate_events::latest::EvalRequested;
use headgate_models::Models;

use super::check::check;

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
    assert_eq!(checked.repeats, 5, "as often as the suite says");
}

#[test]
fn every_reason_is_said() {
    let good = suite(true, false);
    refused(&request(&[]), &good, &["there is no candidate"]);
    refused(&request(&["big", "big"]), &good, &["`big` is named twice"]);
    refused(
        &request(&["Big"]),
        &good,
        &[
            "`Big` names no candidate: `model`, or `generator+verifier`, of small letters, digits, `.`, `-`, `_`",
        ],
    );
    refused(&request(&["huge"]), &good, &["there is no model `huge`; there are big, ours, small"]);
    refused(
        &request(&["small+ours"]),
        &good,
        &["`small+ours`: a model that is run elsewhere is no part of a pair"],
    );
    refused(
        &request(&["small+big"]),
        &suite(false, false),
        &["`small+big` has a verifier, and the suite has no prompt for it"],
    );
    refused(
        &request(&["big"]),
        &suite(true, true),
        &["the judge `ours` is no model that is called here"],
    );
    refused(
        &EvalRequested { repeats: Some(0), minutes: 0, ceiling_usd: f64::NAN, ..request(&["big"]) },
        &good,
        &[
            "repeats are 1 to 100, not 0",
            "a run takes 1 to 1440 minutes, not 0",
            "the ceiling is up to 5 US dollars here, not NaN",
        ],
    );
    refused(
        &EvalRequested { baseline: Some("small".to_owned()), ..request(&["big"]) },
        &good,
        &["the baseline `small` is no candidate; add it, or name the run that has its results"],
    );
    refused(
        &EvalRequested { baseline_run: Some("r".to_owned()), ..request(&["big"]) },
        &good,
        &["a run to compare with needs the baseline's name"],
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
        &["10500 cases are more than 10000; ask for fewer repeats"],
    );
}
