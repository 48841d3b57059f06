//! Scans of a change in a fleet, which the cases, reviewed without one, do not have. `policies/tests/settings.json` requires
//! a scan with Checkov by `agents/ci` in `local`, and one with KICS by anybody in `sandbox`.
#![allow(dead_code, clippy::unwrap_used)]

use headgate_domain::canonical::sha256_hex;
use headgate_domain::environment::Environment;
use headgate_events::{Lane, RevisionRef};
use headgate_review::{Bundle, ReviewError, Scan, Subject, review, stamp};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::lines;

const PLAN: &[u8] = include_bytes!("../../../../../../policies/tests/scans-pass/plan.json");

fn scan(tool: &str, by: Option<&str>, results: &Value) -> Scan {
    let log = json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": tool } }, "results": results }] });
    let sha256 = sha256_hex(PLAN);
    let log = stamp(log.to_string().as_bytes(), &sha256, &|_| None).unwrap();
    Scan { by: by.map(str::to_owned), ..Scan::parse(&log, &sha256).unwrap().remove(0) }
}

/// What the review says to each of the combinations that matter.
pub fn reviews(bundle: &Bundle) -> Result<Vec<String>, ReviewError> {
    let none = json!([]);
    let ci = || scan("checkov", Some("agents/ci"), &none);
    let accepted = |reason: &str| json!([{ "ruleId": "X", "message": { "text": "x" }, "suppressions": [{ "kind": "inSource", "justification": reason }] }]);
    let all: [(&str, Vec<Scan>); 11] = [
        ("local", vec![]),
        ("local", vec![ci()]),
        ("local", vec![scan("checkov", Some("agents/bot"), &none)]),
        ("local", vec![scan("checkov", None, &none)]),
        ("local", vec![scan("kics", Some("agents/ci"), &none)]),
        ("local", vec![Scan { by_proposer: true, ..ci() }]),
        ("local", vec![Scan { complete: false, ..ci() }]),
        ("local", vec![Scan { of_this_plan: false, ..ci() }]),
        ("sandbox", vec![scan("kics", Some("agents/bot"), &accepted("reason"))]),
        ("sandbox", vec![Scan { by_proposer: true, ..scan("kics", None, &accepted("")) }]),
        (
            "sandbox",
            vec![scan("kics", None, &json!([{ "ruleId": "X", "message": { "text": "x" } }]))],
        ),
    ];
    let change = &"chg".into();
    all.iter()
        .map(|(name, scans)| {
            let environment = Environment::profile(name).unwrap();
            let subject = Subject {
                change: Some(RevisionRef { change, revision: 1 }),
                scans,
                ..Subject::offline(&environment, Lane::DryRun, Timestamp::UNIX_EPOCH)
            };
            review(bundle, subject, PLAN).map(|report| lines(&report))
        })
        .collect()
}
