//! `terraform test -json`: one JSON object a line
//! (<https://developer.hashicorp.com/terraform/internals/machine-readable-ui>).

use std::collections::HashMap;

use serde_json::Value;

use super::super::ScanError;
use super::{FAILED, Found, at, run as sarif, said};

/// Whether JSON is a line of such a report.
pub(super) fn is(line: &Value) -> bool {
    line["@module"] == "terraform.ui" || line["@module"] == "tofu.ui"
}

pub(super) fn run(text: &[u8]) -> Result<Value, ScanError> {
    let lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).enumerate();
    let lines = lines.filter(|(_, line)| !line.is_empty()).map(|(at, line)| {
        serde_json::from_slice::<Value>(line)
            .map_err(|e| ScanError::Report("terraform test", format!("line {}: {e}", at + 1)))
    });
    let lines = lines.collect::<Result<Vec<_>, _>>()?;
    // What was wrong, by test.
    let mut causes: HashMap<(&str, &str), &Value> = HashMap::new();
    let text = |value: &'_ Value| value.as_str().unwrap_or_default().to_owned();
    for line in lines.iter().filter(|l| l["diagnostic"]["severity"] == "error") {
        causes.entry(test(line)).or_insert(&line["diagnostic"]);
    }
    let mut results = Vec::new();
    // A report for each version that is told: several may have been written into one file.
    let (mut passed, mut started, mut summaries) = (0, 0, Vec::new());
    for line in &lines {
        let run = &line["test_run"];
        let status = run["status"].as_str().unwrap_or_default();
        // Earlier versions, and OpenTofu, tell each test once.
        let complete = match run["progress"].as_str() {
            Some(progress) => progress == "complete",
            None => status != "pending",
        };
        match line["type"].as_str().unwrap_or_default() {
            "test_run" if complete && status == "pass" => passed += 1,
            "test_run" if complete => {
                let cause = causes.get(&test(line)).copied().unwrap_or(&Value::Null);
                let (file, line_of) = match at(cause) {
                    ("", _) => (run["path"].as_str().unwrap_or_default(), None),
                    place => place,
                };
                let why = if cause.is_null() { status.to_owned() } else { said(cause) };
                let message = format!("the test {} did not pass: {why}", text(&run["run"]));
                let rule = if status == "skip" { "skipped" } else { "failed" };
                results.push(Found { rule, message, file, line: line_of });
            }
            "version" => started += 1,
            "test_summary" => summaries.push(&line["test_summary"]["status"]),
            "test_cleanup" => {
                let message =
                    format!("the tests left resources behind: {}", text(&line["@message"]));
                let file = line["@testfile"].as_str().unwrap_or_default();
                results.push(Found { rule: "failed", message, file, line: None });
            }
            _ => {}
        }
    }
    // A problem outside of a test, such as a file that cannot be read.
    if let Some(cause) = causes.get(&("", "")) {
        let (file, line) = at(cause);
        results.push(Found { rule: "failed", message: said(cause), file, line });
    }
    let failed = results.iter().any(|result| result.rule == "failed");
    if summaries.iter().any(|status| *status != "pass") && !failed {
        let message = "the tests did not pass".to_owned();
        results.push(Found { rule: "failed", message, file: "", line: None });
    }
    // Terraform calls it a success.
    if passed == 0 && !failed {
        let message = "no test passed, because none was run".to_owned();
        results.push(Found { rule: "no-tests", message, file: "", line: None });
    }
    let rules = [("failed", Some(FAILED)), ("no-tests", Some(FAILED)), ("skipped", None)];
    let complete = !summaries.is_empty() && summaries.len() >= started;
    Ok(sarif("terraform-test", &rules, results, complete))
}

/// File and name of the test that a line is about.
fn test(line: &Value) -> (&str, &str) {
    let text = |name: &str| line[name].as_str().unwrap_or_default();
    (text("@testfile"), text("@testrun"))
}
