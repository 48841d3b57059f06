//! Results of scanners: whose they are, what they are about, how they weigh, and logs that nobody should write.

use crate::common;

use common::proposals::proposal;
use headgate_domain::canonical::sha256_hex;
use headgate_domain::environment::Environment;
use headgate_events::{Finding, Lane, RevisionRef, Severity};
use headgate_review::{Bundle, Scan, ScanError, Subject, review, stamp};
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

const PLAN: &[u8] = include_bytes!("../../../../../policies/tests/scans-pass/plan.json");

fn log(results: &Value) -> Value {
    json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "Checkov" } }, "results": results }] })
}

fn bound(log: &Value) -> Vec<Scan> {
    let sha256 = sha256_hex(PLAN);
    let log = stamp(log.to_string().as_bytes(), &sha256, &|_| None).unwrap();
    Scan::parse(&log, &sha256).unwrap()
}

fn by(by: &str, by_proposer: bool) -> Vec<Scan> {
    let scan = |scan| Scan { by: Some(by.to_owned()), by_proposer, ..scan };
    bound(&log(&json!([]))).into_iter().map(scan).collect()
}

/// What a fleet with these settings finds about the scans of a proposal.
fn found(settings: &Value, scans: &[Scan]) -> Vec<Finding> {
    let bundle = Bundle::with(&[("settings.json".to_owned(), settings.to_string())]).unwrap();
    let environment = Environment::profile("prod").unwrap();
    let change = &"chg".into();
    let subject = Subject {
        change: Some(RevisionRef { change, revision: 1 }),
        scans,
        ..Subject::offline(&environment, Lane::Execute, Timestamp::UNIX_EPOCH)
    };
    let findings = review(&bundle, subject, PLAN).unwrap().findings;
    findings.into_iter().filter(|f| f.rule.starts_with("scan.")).collect()
}

fn rules(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|f| f.rule.as_str()).collect()
}

#[test]
fn a_required_scan_comes_from_whom_it_must() {
    let wants = |by: &[&str]| json!({ "required_scans": [{ "environment": "prod", "tool": "checkov", "by": by }] });
    let ci = wants(&["agents/ci", "people/dana"]);
    assert_eq!(rules(&found(&ci, &[])), ["scan.missing"]);
    assert!(found(&ci, &by("agents/ci", false)).is_empty());
    assert!(found(&ci, &by("people/dana", false)).is_empty());
    assert_eq!(rules(&found(&ci, &by("agents/bot", false))), ["scan.missing"]);
    assert_eq!(rules(&found(&ci, &by("people/ci", false))), ["scan.missing"]);
    // Even who is listed does not scan their own change.
    assert_eq!(rules(&found(&ci, &by("agents/ci", true))), ["scan.missing"]);
    // In a fleet, somebody uploaded it; a log without an uploader is in no folder for scans.
    assert_eq!(rules(&found(&ci, &bound(&log(&json!([]))))), ["scan.missing"]);
    // Without names, anybody's scan will do, the proposer's too.
    assert!(found(&wants(&[]), &by("agents/bot", true)).is_empty());
    // Another tool, another environment.
    let other = json!({ "required_scans": [{ "environment": "dev", "tool": "checkov" }, { "environment": "*", "tool": "kics" }] });
    let missing = found(&other, &by("agents/ci", false));
    assert!(
        rules(&missing) == ["scan.missing"] && missing[0].message.contains("kics"),
        "{missing:?}"
    );
}

#[test]
fn a_scan_of_another_plan_or_one_that_failed_counts_for_nothing() {
    let want = json!({ "required_scans": [{ "environment": "*", "tool": "checkov" }] });
    let bad = json!([{ "ruleId": "CKV_1", "message": { "text": "bad" } }]);
    let other = |scan| Scan { of_this_plan: false, ..scan };
    let other: Vec<_> = bound(&log(&bad)).into_iter().map(other).collect();
    assert_eq!(rules(&found(&want, &other)), ["scan.missing", "scan.unbound"]);
    for failed in [
        json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "checkov" } } }] }),
        json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "checkov" } }, "results": null }] }),
        json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "checkov" } }, "results": [], "invocations": [{ "executionSuccessful": true }, { "executionSuccessful": false }] }] }),
    ] {
        assert_eq!(rules(&found(&want, &bound(&failed))), ["scan.incomplete", "scan.missing"]);
    }
}

#[test]
fn the_digest_is_that_of_the_plan() {
    let plan = sha256_hex(PLAN);
    let of = |member: &str, value: Value| {
        let mut log = log(&json!([]));
        log["runs"][0][member] = value;
        Scan::parse(log.to_string().as_bytes(), &plan).is_ok_and(|scans| scans[0].of_this_plan)
    };
    let bound = |hash: &str| json!({ "headgate/planSha256": hash });
    assert!(of("properties", bound(&plan)) && of("properties", bound(&plan.to_uppercase())));
    for other in ["", &plan[1..], &sha256_hex(b"")] {
        assert!(!of("properties", bound(other)), "{other}");
    }
    assert!(
        !of("properties", json!({ "headgate/planSha256": [plan] }))
            && !of("properties", json!(null))
    );
    // A plan that the tool came across.
    let artifact = json!({ "roles": ["analysisTarget"], "hashes": { "sha-256": plan } });
    assert!(!of("artifacts", json!([artifact])));
}

#[test]
fn settings_weigh_the_checks_of_a_tool() {
    let results = json!([{ "ruleId": "CKV_1", "message": { "text": "one" } }, { "ruleId": "CKV_2", "message": { "text": "two" } }]);
    let scans = bound(&log(&results));
    let weighed = |weights: &Value| {
        let found = found(&json!({ "severities": weights }), &scans);
        found.into_iter().map(|f| (f.rule, f.severity)).collect::<Vec<_>>()
    };
    let is = |rule: &str, severity| (format!("scan.checkov.{rule}"), severity);
    use Severity::{Critical, Error, Warning};
    assert_eq!(weighed(&json!({})), [is("CKV_1", Warning), is("CKV_2", Warning)]);
    assert_eq!(
        weighed(&json!({ "prod": { "scan.*": "error" } })),
        [is("CKV_1", Error), is("CKV_2", Error)]
    );
    let most = json!({ "*": { "scan.checkov.*": "off", "scan.*": "error" }, "prod": { "scan.checkov.CKV_2": "critical" } });
    assert_eq!(weighed(&most), [is("CKV_2", Critical)]);
    assert_eq!(weighed(&json!({ "dev": { "scan.*": "off" } })).len(), 2);
    // No wildcard reaches what the fleet says about the scans themselves.
    let unbound: Vec<_> = bound(&log(&json!([])))
        .into_iter()
        .map(|scan| Scan { of_this_plan: false, ..scan })
        .collect();
    assert_eq!(
        rules(&found(&json!({ "severities": { "*": { "scan.*": "off" } } }), &unbound)),
        ["scan.unbound"]
    );
}

#[test]
fn a_tool_cannot_pass_for_a_rule_of_ours() {
    let mut log = log(
        &json!([{ "ruleId": "unbound\nx.y", "message": { "text": "a\nb\u{202e}" } }, { "message": {} }]),
    );
    log["runs"][0]["tool"]["driver"]["name"] = "../../iam.escalation".into();
    let found = found(&json!({}), &bound(&log));
    assert_eq!(
        rules(&found),
        ["scan.------iam-escalation.unbound-x-y", "scan.------iam-escalation.unnamed"]
    );
    assert!(!found[0].message.contains(char::is_control), "{found:?}");
}

#[test]
fn what_is_no_log_is_refused_with_its_reason() {
    let refused = |log: &Value| Scan::parse(log.to_string().as_bytes(), "x").unwrap_err();
    assert!(matches!(refused(&json!(7)), ScanError::Form(_)));
    assert!(matches!(refused(&json!({ "runs": [] })), ScanError::Version(_)));
    assert!(matches!(refused(&json!({ "version": "2.0.0", "runs": [] })), ScanError::Version(_)));
    assert!(matches!(refused(&json!({ "version": "2.1.0", "runs": [] })), ScanError::Empty));
    assert!(matches!(refused(&json!({ "version": "2.1.0", "runs": [{}] })), ScanError::Form(_)));
    let mut elsewhere = log(&json!([]));
    elsewhere["runs"][0]["externalPropertyFileReferences"] =
        json!({ "results": [{ "location": { "uri": "r.json" } }] });
    assert!(matches!(refused(&elsewhere), ScanError::Elsewhere));
    let runs = |count: usize| {
        let mut log = log(&json!([]));
        log["runs"] = vec![log["runs"][0].clone(); count].into();
        log
    };
    assert!(matches!(refused(&runs(21)), ScanError::TooManyRuns));
    let twice = [bound(&runs(20)), bound(&runs(1))].concat();
    assert!(matches!(Scan::few(&twice), Err(ScanError::TooManyRuns)));
    let mut large = log(&json!([]));
    large["runs"][0]["tool"]["driver"]["rules"] = vec![json!({ "id": "x" }); 200_000].into();
    assert!(matches!(refused(&large), ScanError::TooLarge));
    let many = vec![json!({ "ruleId": "x", "message": {} }); 2_001];
    assert!(matches!(refused(&log(&many.into())), ScanError::TooMany));
    let mut half = bound(&log(&vec![json!({ "ruleId": "x", "message": {} }); 1_001].into()));
    assert!(Scan::few(&half).is_ok());
    half.extend(half.clone());
    assert!(matches!(Scan::few(&half), Err(ScanError::TooMany)));
}

#[test]
fn a_proposal_is_not_judged_by_scans_that_say_nothing() {
    // The two near misses of every review: no scan, and a scan without results.
    let bundle = Bundle::embedded().unwrap();
    let report = proposal().review(&bundle);
    assert!(report.findings.iter().all(|f| !f.rule.starts_with("scan.")), "{:?}", report.findings);
    assert!(found(&json!({}), &by("agents/ci", false)).is_empty());
}

/// Any JSON, with the members of a log more often than others.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-z\"\\[\\]. é]{0,12}".prop_map(Value::from),
        Just(Value::from("2.1.0")),
        Just(Value::from("resource \"aws_sqs_queue\" \"orders\" {")),
    ];
    let names = prop::sample::select(vec![
        "version",
        "runs",
        "tool",
        "driver",
        "name",
        "results",
        "ruleId",
        "ruleIndex",
        "message",
        "text",
        "locations",
        "physicalLocation",
        "artifactLocation",
        "uri",
        "region",
        "snippet",
        "startLine",
        "logicalLocations",
        "fullyQualifiedName",
        "suppressions",
        "kind",
        "level",
        "rules",
        "id",
        "properties",
        "security-severity",
        "artifacts",
        "hashes",
        "invocations",
    ]);
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(names.clone().prop_map(str::to_owned), inner, 0..6)
                .prop_map(Value::from_iter),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every log is read or refused.
    #[test]
    fn no_log_ends_a_review(results in prop::collection::vec(anything(), 0..4), whole in anything()) {
        let sha256 = sha256_hex(PLAN);
        for log in [log(&results.into()), whole] {
            let text = log.to_string();
            if let Ok(stamped) = stamp(text.as_bytes(), &sha256, &|_| Some("resource \"a\" \"b\" {\n}\n".into())) {
                drop(Scan::parse(&stamped, &sha256));
            }
            drop(Scan::parse(text.as_bytes(), &sha256));
        }
    }
}
