//! The fixtures are what Terraform 1.11.4 wrote.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use headgate_events::Severity;

use super::super::{Scan, ScanError};
use super::{format_log, joined, to_sarif};

/// Tool, whether it came to its end, and rule, severity and message of each result.
fn read(report: &str) -> (String, bool, Vec<(String, Severity, String)>) {
    let log = to_sarif(report.as_bytes()).unwrap();
    let mut scans = Scan::parse(&log, "0").unwrap();
    assert_eq!(scans.len(), 1);
    let scan = scans.remove(0);
    let results = scan.results.into_iter().map(|r| (r.rule, r.severity, r.message)).collect();
    (scan.tool, scan.complete, results)
}

fn rules(report: &str) -> Vec<String> {
    read(report).2.into_iter().map(|(rule, ..)| rule).collect()
}

#[test]
fn a_valid_configuration_has_no_results() {
    let (tool, complete, results) = read(include_str!("fixtures/validate-passes.json"));
    assert_eq!((tool.as_str(), complete, results.len()), ("terraform-validate", true, 0));
}

#[test]
fn what_is_not_valid_is_an_error_at_its_line() {
    let report = include_str!("fixtures/validate-fails.json");
    let (_, complete, results) = read(report);
    assert!(complete);
    assert_eq!(results.len(), 1);
    let (rule, severity, message) = &results[0];
    assert_eq!((rule.as_str(), *severity), ("error", Severity::Error));
    assert!(message.contains("nonsense"), "{message}");
    let log: serde_json::Value =
        serde_json::from_slice(&to_sarif(report.as_bytes()).unwrap()).unwrap();
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "main.tf");
    assert_eq!(place["region"]["startLine"], 8);
}

#[test]
fn a_report_that_contradicts_itself_is_not_believed() {
    let report = r#"{"format_version":"1.0","valid":false,"diagnostics":[{"severity":"warning","summary":"old"}]}"#;
    assert_eq!(rules(report), ["warning", "error"]);
    let report = r#"{"valid":true,"error_count":2,"diagnostics":[]}"#;
    assert_eq!(rules(report), ["error"]);
    let log = r#"{"version":"2.1.0","runs":[],"valid":true,"diagnostics":[]}"#;
    assert_eq!(to_sarif(log.as_bytes()).unwrap(), log.as_bytes());
}

#[test]
fn tests_that_pass_have_no_results() {
    let (tool, complete, results) = read(include_str!("fixtures/test-passes.json"));
    assert_eq!((tool.as_str(), complete, results.len()), ("terraform-test", true, 0));
}

#[test]
fn a_test_that_fails_is_an_error_with_its_cause() {
    let (_, complete, results) = read(include_str!("fixtures/test-fails.json"));
    assert!(complete);
    let expected = "the test fails did not pass: Test assertion failed: o must be a".to_owned();
    assert_eq!(results, [("failed".to_owned(), Severity::Error, expected)]);
}

#[test]
fn tests_that_did_not_run_pass_nothing() {
    assert_eq!(rules(include_str!("fixtures/test-none.json")), ["no-tests"]);
    // A configuration with an error: the first test has it, and the second one is skipped.
    let (_, complete, results) = read(include_str!("fixtures/test-error.json"));
    let found: Vec<_> =
        results.iter().map(|(rule, severity, _)| (rule.as_str(), *severity)).collect();
    assert!(complete);
    assert_eq!(found, [("failed", Severity::Error), ("skipped", Severity::Warning)]);
    assert!(results[0].2.contains("nonsense"), "{}", results[0].2);
    // Cut off after the tests that passed.
    let cut = include_str!("fixtures/test-passes.json");
    let cut = &cut[..cut.find(r#""type":"test_summary""#).unwrap()];
    let cut = &cut[..cut.rfind('\n').unwrap()];
    assert!(!read(cut).1);
    let broken = format!("{cut}\n{{\"@level\":");
    let broken = to_sarif(broken.as_bytes());
    assert!(matches!(broken, Err(ScanError::Report("terraform test", _))));
}

/// Written one after the other into a file.
#[test]
fn a_report_does_not_hide_another() {
    let (good, bad) =
        (include_str!("fixtures/test-passes.json"), include_str!("fixtures/test-fails.json"));
    assert_eq!(rules(&format!("{bad}{good}")), ["failed"]);
    assert!(read(&format!("{good}{good}")).1);
    let cut: String = good.lines().take(5).map(|line| format!("{line}\n")).collect();
    assert!(!read(&format!("{good}{cut}")).1);
    assert!(!read(&format!("{cut}{good}")).1);
    let left = r#"{"@level":"error","@message":"left behind","@module":"terraform.ui","@testfile":"a","test_cleanup":{},"type":"test_cleanup"}"#;
    assert_eq!(rules(&format!("{good}{left}\n")), ["failed"]);
}

/// `TestRunStatus` of OpenTofu, and of Terraform before 1.9, has no `progress`.
#[test]
fn tests_of_opentofu_are_read() {
    let line = |status: &str| {
        format!(
            r#"{{"@module":"tofu.ui","@testfile":"a","@testrun":"t","test_run":{{"path":"a","run":"t","status":"{status}"}},"type":"test_run"}}"#
        )
    };
    let end = r#"{"@module":"tofu.ui","test_summary":{"status":"pass"},"type":"test_summary"}"#;
    assert!(rules(&format!("{}\n{}\n{end}", line("pending"), line("pass"))).is_empty());
    assert_eq!(rules(&format!("{}\n{end}", line("fail"))), ["failed"]);
}

#[test]
fn skipped_tests_are_told() {
    let line = |status: &str| {
        format!(
            r#"{{"@module":"terraform.ui","@testfile":"a","@testrun":"t","test_run":{{"path":"a","run":"t","progress":"complete","status":"{status}"}},"type":"test_run"}}"#
        )
    };
    let end =
        r#"{"@module":"terraform.ui","test_summary":{"status":"pass"},"type":"test_summary"}"#;
    assert_eq!(rules(&format!("{}\n{}\n{end}", line("pass"), line("skip"))), ["skipped"]);
    assert_eq!(rules(&format!("{}\n{end}", line("skip"))), ["skipped", "no-tests"]);
    // A status of a later version.
    assert_eq!(rules(&format!("{}\n{}\n{end}", line("pass"), line("odd"))), ["failed"]);
    let end = end.replace("\"pass\"", "\"error\"");
    assert_eq!(rules(&format!("{}\n{end}", line("pass"))), ["failed"]);
}

#[test]
fn junit_of_any_runner_is_read() {
    let (tool, complete, results) = read(include_str!("fixtures/junit.xml"));
    assert_eq!((tool.as_str(), complete), ("junit", true));
    assert_eq!(results.len(), 1);
    assert_eq!(results[0].1, Severity::Error);
    assert!(results[0].2.contains("o must be a"), "{}", results[0].2);
    let one = |inner: &str| {
        format!(r#"<?xml version="1.0"?><testsuite><testcase name="a"/>{inner}</testsuite>"#)
    };
    for (inner, found) in [
        ("", vec![]),
        (r#"<testcase name="b"><error message="x &amp; y"/></testcase>"#, vec!["failed"]),
        (r#"<testcase name="b"><failure>text</failure></testcase>"#, vec!["failed"]),
        (r#"<testcase name="b"><skipped/></testcase>"#, vec!["skipped"]),
        (r#"<testcase name="b"><skipped/><failure/></testcase>"#, vec!["failed"]),
        ("<system-out><![CDATA[<testcase><failure/></testcase>]]></system-out>", vec![]),
    ] {
        assert_eq!(rules(&one(inner)), found, "{inner}");
    }
    // Shapes of real runners in which nothing says `failure` inside of a test.
    for (report, found) in [
        (
            r#"<testsuite errors="1"><error message="no setup"/><testcase name="a"/></testsuite>"#,
            vec!["failed"],
        ),
        (r#"<testsuite failures="2"><testcase name="a"/></testsuite>"#, vec!["failed"]),
        (r#"<testsuite><testcase name="a" status="failed"/></testsuite>"#, vec!["failed"]),
        (
            r#"<testsuite><testcase name="a" status="notrun" result="suppressed"/></testsuite>"#,
            vec!["skipped", "no-tests"],
        ),
        (
            r#"<testsuite><testcase name="a"><failure/><testcase name="b"/></testcase></testsuite>"#,
            vec!["failed"],
        ),
        (r#"<testsuite><testcase name="a"><Failure/></testcase></testsuite>"#, vec!["failed"]),
        // The suites around one repeat its numbers.
        (
            r#"<testsuites failures="1"><testsuite failures="1"><testcase name="a"><failure/></testcase></testsuite></testsuites>"#,
            vec!["failed"],
        ),
    ] {
        assert_eq!(rules(report), found, "{report}");
    }
    let skipped = r#"<testcase name="a"><skipped/></testcase>"#.repeat(5_000);
    assert_eq!(rules(&one(&skipped)), ["skipped"]);
    assert_eq!(rules("<testsuites></testsuites>"), ["no-tests"]);
    assert_eq!(rules(r#"<testsuites><testsuite tests="0"/></testsuites>"#), ["no-tests"]);
}

#[test]
fn xml_that_is_no_report_passes_nothing() {
    for bad in [
        "<html></html>",
        "<testsuite><testcase name='a'/></testsuite><testsuite><testcase name='b'/>",
        "<!DOCTYPE t [<!ENTITY f '<failure/>'>]><testsuite><testcase name='a'>&f;</testcase></testsuite>",
        "<testsuite><testcase name='a'></testsuite>",
        "<testsuite><testcase name='a'",
        "<",
    ] {
        let read = to_sarif(bad.as_bytes());
        assert!(matches!(read, Err(ScanError::Report("JUnit XML", _))), "{bad}");
    }
    // Cut off between two elements.
    assert!(!read("<testsuite><testcase name='a'/>").1);
    // Entities of a document type are not resolved.
    let bomb = r#"<!DOCTYPE t [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><testsuite><testcase name="x"><failure message="&b;"/></testcase></testsuite>"#;
    assert!(read(bomb).2[0].2.ends_with("&b;"));
    let plain = "<testsuite><testcase name='a'><system-out>a &lt; b &#10;</system-out></testcase></testsuite>";
    assert!(read(plain).2.is_empty());
    let deep = "<testsuite>".repeat(200_000);
    assert!(!read(&deep).1);
}

#[test]
fn files_without_format_are_warnings() {
    let scan = |printed: &str, complete| Scan::parse(&format_log(printed, complete), "0").unwrap();
    let scan_of = scan("main.tf\nmodules/a/main.tf\n", true).remove(0);
    assert_eq!((scan_of.tool.as_str(), scan_of.complete), ("terraform-fmt", true));
    let severities: Vec<_> = scan_of.results.iter().map(|r| r.severity).collect();
    assert_eq!(severities, [Severity::Warning; 2]);
    let failed = scan("", false).remove(0);
    assert!(!failed.complete && failed.results.is_empty());
}

#[test]
fn logs_are_joined() {
    let one = format_log("", true);
    let other = to_sarif(include_bytes!("fixtures/validate-passes.json")).unwrap().into_owned();
    let both = Scan::parse(&joined(&[one, other]).unwrap(), "0").unwrap();
    let tools: Vec<_> = both.iter().map(|scan| scan.tool.as_str()).collect();
    assert_eq!(tools, ["terraform-fmt", "terraform-validate"]);
}

#[test]
fn other_bytes_stay_as_they_are() {
    for other in [r#"{"version":"2.1.0","runs":[]}"#, "{", "[]", "", "text", "\u{feff}{}"] {
        assert_eq!(to_sarif(other.as_bytes()).unwrap(), other.as_bytes());
    }
}
