//! The bundle: its digest, what a team adds, how findings are weighed and waived, and how it fails.

use crate::common;

use common::{Case, cases};
use headgate_events::{Severity, Verdict};
use headgate_review::{Bundle, BundleError, Settings, bundle_digest, from_archive, from_folder};

fn case(name: &str) -> Case {
    cases().into_iter().find(|c| c.name == name).unwrap()
}

fn team(files: &[(&str, &str)]) -> Result<Bundle, BundleError> {
    let files: Vec<_> = files.iter().map(|(n, t)| ((*n).to_owned(), (*t).to_owned())).collect();
    Bundle::with(&files)
}

const NO_TOPICS: &str = r#"package shop.topics
import rego.v1
import data.headgate.lib
findings contains lib.finding("shop.no_topics", "critical", r.address, "no topics here", "use a bus") if {
	some r in lib.touched("aws_sns_topic")
}
demands contains {"people": 3, "role": "", "why": "shop.no_topics"} if count(findings) > 0
"#;

#[test]
fn a_team_adds_its_own_rules_beside_ours() {
    let bundle = team(&[("topics.rego", NO_TOPICS)]).unwrap();
    let report = case("agents-pass").review(&bundle);
    assert_eq!(report.verdict, Verdict::Block);
    let found: Vec<_> = report.findings.iter().map(|f| (&*f.rule, &*f.resource)).collect();
    assert!(found.contains(&("shop.no_topics", "aws_sns_topic.signed")), "{found:?}");
    let gate = report.gate(
        &headgate_domain::environment::Environment::profile("dev").unwrap(),
        headgate_events::Lane::Execute,
        false,
    );
    assert_eq!(gate.quorum, 3);
    // Other rules change the digest, which voids decisions made under the old rules.
    assert_ne!(bundle.digest(), Bundle::embedded().unwrap().digest());
}

#[test]
fn a_team_cannot_pass_for_us() {
    let Err(error) = team(&[("x.rego", "package headgate.lib\nimport rego.v1\n")]) else {
        panic!("it may write our packages");
    };
    assert_eq!(
        error.to_string(),
        "policy team/x.rego does not compile: data.headgate.lib is reserved; choose another package"
    );
}

#[test]
fn severities_are_tuned_by_environment_and_waivers_end() {
    let settings = |text: &str| team(&[("settings.json", text)]).unwrap();
    let severity = |bundle: &Bundle, rule: &str, resource: &str| {
        let report = case("data-fail").review(bundle);
        let found = report.findings.into_iter().find(|f| f.rule == rule && f.resource == resource);
        found.map(|f| (f.severity, f.message))
    };
    let of = |bundle: &Bundle| {
        severity(bundle, "data.sns_encryption", "aws_sns_topic.bare").map(|(severity, _)| severity)
    };
    assert_eq!(of(&Bundle::embedded().unwrap()), Some(Severity::Error));
    let tuned = |environment: &str, weight: &str| {
        settings(&format!(
            r#"{{"severities": {{"{environment}": {{"data.sns_encryption": "{weight}"}}}}}}"#
        ))
    };
    assert_eq!(of(&tuned("prod", "critical")), Some(Severity::Critical));
    assert_eq!(of(&tuned("*", "warning")), Some(Severity::Warning));
    assert_eq!(of(&tuned("prod", "off")), None);
    assert_eq!(of(&tuned("dev", "off")), Some(Severity::Error));
    // The cases are reviewed at 1970-01-01T00:00:00Z.
    let waived = |resource: &str, until: &str| {
        settings(&format!(
            r#"{{"waivers": [{{"rule": "data.sns_encryption", "resource": "{resource}", "owner": "dana",
                "reason": "test topic", "expires_at": "{until}"}}]}}"#
        ))
    };
    let (weight, message) = severity(
        &waived("aws_sns_topic.*", "1970-01-02T00:00:00Z"),
        "data.sns_encryption",
        "aws_sns_topic.bare",
    )
    .unwrap();
    assert_eq!(weight, Severity::Warning);
    assert_eq!(
        message,
        "aws_sns_topic.bare is not encrypted (waived by dana until 1970-01-02T00:00:00Z: test topic)"
    );
    assert_eq!(of(&waived("aws_sns_topic.bare", "1970-01-01T00:00:00Z")), Some(Severity::Error));
    assert_eq!(of(&waived("aws_sns_topic.b", "1970-01-02T00:00:00Z")), Some(Severity::Error));
}

#[test]
fn settings_that_say_too_little_are_refused() {
    let said = |text: &str| Settings::parse(text).unwrap_err();
    let waiver = |rule: &str, resource: &str, owner: &str, reason: &str| {
        said(&format!(
            r#"{{"waivers": [{{"rule": "{rule}", "resource": "{resource}", "owner": "{owner}",
                "reason": "{reason}", "expires_at": "2027-01-01T00:00:00Z"}}]}}"#
        ))
    };
    assert_eq!(waiver("r", "x.y", " ", "why"), "a waiver for x.y has no owner");
    assert_eq!(waiver("r", "x.y", "o", ""), "a waiver for x.y has no reason");
    assert_eq!(waiver("", "x.y", "o", "why"), "a waiver for x.y has no rule");
    assert_eq!(waiver("r", "*", "o", "why"), "a waiver for r names no resource");
    for network in ["10.0.0.0", "10.0.0.0/33", "office", "::/129", "10.0.0.0/x"] {
        let said = said(&format!(r#"{{"documented_networks": [{network:?}]}}"#));
        assert!(said.contains("is not a network such as 10.0.0.0/16"), "{network}: {said}");
    }
    assert!(Settings::parse(r#"{"documented_networks": ["10.0.0.0/8", "fd00::/8"]}"#).is_ok());
    assert!(said(r#"{"severities": {"prod": {"r": "loud"}}}"#).contains("unknown variant `loud`"));
    assert!(said(r#"{"waiver": []}"#).contains("unknown field `waiver`"));
    let Err(error) = team(&[("settings.json", "{")]) else { panic!("it compiles") };
    assert!(
        error.to_string().starts_with("policy team/settings.json does not compile: EOF"),
        "{error}"
    );
}

const NO_RULES: &str = "package a\nimport rego.v1\nfindings contains 1 if false\n\
                        demands contains 1 if false\n";

/// What is wrong with a table of one row.
fn table(row: &str) -> String {
    let text = format!(r#"{{"rule": "a.b", "severity": "error", "rows": [{row}]}}"#);
    let files =
        [("headgate/data/a.json".to_owned(), text.as_str()), ("a.rego".to_owned(), NO_RULES)];
    let bundle = Bundle::compile(files);
    bundle.err().map(|e| e.to_string()).unwrap_or_default()
}

#[test]
fn a_table_that_says_too_little_is_refused() {
    let good = r#""types": ["aws_lb"], "path": "a.b", "fix": "f", "source": ["s"]"#;
    assert_eq!(table(&format!(r#"{{{good}, "must": {{"be": [true]}}}}"#)), "");
    for (row, said) in [
        (format!("{{{good}}}"), "missing field `must`"),
        (format!(r#"{{{good}, "must": {{"be": []}}}}"#), "it lists no value"),
        (format!(r#"{{{good}, "must": {{"exist": false}}}}"#), "`exist` can only be true"),
        (format!(r#"{{{good}, "must": {{"match": "("}}}}"#), "the row for a.b: regex parse error"),
        (format!(r#"{{{good}, "must": {{"be": [1]}}, "sevrity": "error"}}"#), "unknown field"),
        (good.replace("[\"s\"]", "[]"), "it needs types, a fix and a source"),
        (good.replace("a.b", "a..b"), "its path has an empty name"),
    ] {
        let row = if row.starts_with('{') {
            row
        } else {
            format!(r#"{{{row}, "must": {{"be": [true]}}}}"#)
        };
        let problem = table(&row);
        assert!(problem.contains("headgate/data/a.json") && problem.contains(said), "{problem}");
    }
}

#[test]
fn trusted_accounts_have_twelve_digits() {
    assert!(Settings::parse(r#"{"trusted_accounts": ["210987654321"]}"#).is_ok());
    let problem = Settings::parse(r#"{"trusted_accounts": ["*"]}"#).unwrap_err();
    assert!(problem.contains("\"*\" is not an account ID"), "{problem}");
}

#[test]
fn a_bundle_that_fails_is_an_error_and_not_a_pass() {
    let bad = team(&[("x.rego", "package x\nimport rego.v1\nfoo if {")]);
    assert!(matches!(bad, Err(BundleError::Compile { .. })));
    let odd = "package x\nimport rego.v1\nfindings contains {\"rule\": 1}\n";
    let odd = team(&[("x.rego", odd)]).unwrap();
    assert!(matches!(odd.evaluate(regorus::Value::new_object()), Err(BundleError::Finding(_))));
}

#[test]
fn agents_without_scopes_are_not_restricted() {
    let scoped = |bundle: &Bundle| {
        let report = case("agents-scope-stranger").review(bundle);
        report.findings.iter().filter(|f| f.rule == "agents.out_of_scope").count()
    };
    assert_eq!(scoped(&Bundle::embedded().unwrap()), 0);
    let one = r#"{"agent_scopes": [{"agents": ["tenant-bot"]}]}"#;
    assert_eq!(scoped(&team(&[("settings.json", one)]).unwrap()), 4);
    let nobody = r#"{"agent_scopes": [{"agents": [], "types": ["aws_sqs_*"]}]}"#;
    let refused = Settings::parse(nobody).unwrap_err();
    assert_eq!(refused, "agent_scopes: a scope of [\"aws_sqs_*\"] names no agents");
}

#[test]
fn a_rule_that_cannot_be_evaluated_is_no_secret() {
    let broken = r#"package x
import rego.v1
findings contains {"rule": "x.y", "severity": "critical", "resource": "r", "message": "m", "fix": "f"} if {
	startswith(null, "a")
}
"#;
    let report = case("agents-pass").review(&team(&[("x.rego", broken)]).unwrap());
    assert_eq!(report.verdict, Verdict::Pass);
    let found: Vec<_> = report.findings.iter().map(|f| (&*f.rule, &*f.resource)).collect();
    assert_eq!(found, [("policy.broken", "team/x.rego:4:16")]);
    assert_eq!(
        report.findings[0].message,
        "a rule could not be evaluated: `startswith` expects string argument. Got `null` instead"
    );
}

#[test]
fn a_folder_is_read_without_its_tests() {
    let folder = std::env::temp_dir().join(format!("headgate-team-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let empty = from_folder(&folder).unwrap_err().to_string();
    assert_eq!(empty, format!("{} contains no .rego file and no settings.json", folder.display()));
    for name in ["b.rego", "a.rego", "a_test.rego", "settings.json", "notes.md"] {
        std::fs::write(folder.join(name), "").unwrap();
    }
    let names: Vec<_> = from_folder(&folder).unwrap().into_iter().map(|(n, _)| n).collect();
    assert_eq!(names, ["a.rego", "b.rego", "settings.json"]);
    std::fs::remove_dir_all(&folder).unwrap();
    let gone = from_folder(&folder).unwrap_err().to_string();
    assert_eq!(gone, format!("{} cannot be read", folder.display()));
}

#[test]
fn the_digest_is_of_names_and_bytes() {
    let digest = |name: &str, text: &str| {
        Bundle::compile([(name.to_owned(), text)]).unwrap().digest().to_owned()
    };
    let one = digest("a.rego", "package a\n");
    assert_ne!(one, digest("b.rego", "package a\n"));
    assert_ne!(one, digest("a.rego", "package a\n# x\n"));
    assert_eq!(one, digest("a.rego", "package a\n"));
    assert_eq!(bundle_digest(&[]), *Bundle::embedded().unwrap().digest());
    // The fleet gets them as one artifact, which gives the same bundle.
    let text = "package shop\n";
    let archive = serde_json::json!({ "files": { "shop.rego": text } }).to_string();
    let team = from_archive(archive.as_bytes()).unwrap();
    assert_eq!(team, [("shop.rego".to_owned(), text.to_owned())]);
    assert_eq!(bundle_digest(&team), *Bundle::with(&team).unwrap().digest());
    assert_ne!(bundle_digest(&team), bundle_digest(&[]));
    assert_eq!(
        from_archive(b"[]").unwrap_err().to_string(),
        r#"the team's policies are not JSON of the form {"files": {name: text}}"#
    );
}

#[test]
fn every_policy_file_is_in_the_bundle() {
    let source = include_str!("../../src/embedded.rs");
    for folder in ["", "data/"] {
        for file in std::fs::read_dir(common::root().join("..").join(folder)).unwrap() {
            let name = format!("{folder}{}", file.unwrap().file_name().display());
            if name.ends_with(".rego") || name.ends_with(".json") {
                assert!(source.contains(&format!("\"{name}\"")), "{name} is not embedded");
            }
        }
    }
}

/// A rule may quote a value of the plan, and a plan has values of any length.
#[test]
fn no_text_of_a_finding_is_too_long_for_an_event() {
    let loud = r#"package shop.loud
import rego.v1
import data.headgate.lib
long := concat("", ["\"" | some i in numbers.range(1, 2000)])
findings contains lib.finding(concat(".", ["shop", long]), "error", long, long, long)
"#;
    let bundle = team(&[("loud.rego", loud)]).unwrap();
    let report = case("agents-pass").review(&bundle);
    let found = report.findings.iter().find(|f| f.rule.starts_with("shop")).unwrap();
    for text in [&found.rule, &found.resource, &found.message, &found.fix] {
        assert!(text.len() <= 900 && text.len() > 890 && text.ends_with('…'), "{}", text.len());
    }
    let event = serde_json::to_vec(&vec![found; 25]).unwrap();
    assert!(event.len() < headgate_events::MAX_DETAIL_BYTES, "{} bytes", event.len());
}
