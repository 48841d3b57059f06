//! Results of tests as JUnit XML, as most test runners write them (<https://github.com/testmoapp/junitxml>).

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

use super::super::{MAX_RESULTS, ScanError};
use super::{FAILED, Found, run as sarif};

/// A test while it is read.
#[derive(Default)]
struct Case {
    name: String,
    file: String,
    /// `failed` or `skipped`, and what the runner says about it.
    outcome: Option<(&'static str, String)>,
}

/// Reads a report. Everything is taken as it comes, so depth and references in it cost nothing.
pub(super) fn run(text: &[u8]) -> Result<Value, ScanError> {
    let failed = |problem: String| ScanError::Report("JUnit XML", problem);
    let text = std::str::from_utf8(text).map_err(|e| failed(e.to_string()))?;
    let mut reader = Reader::from_str(text);
    let (mut root, mut open, mut ended) = (false, 0_usize, false);
    let (mut case, mut cases, mut passed): (Option<Case>, Vec<Case>, _) = (None, Vec::new(), 0);
    loop {
        let event = reader.read_event().map_err(|e| failed(e.to_string()))?;
        let empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.local_name();
                let name = name.as_ref();
                if !root && !matches!(name, "testsuites" | "testsuite") {
                    return Err(failed("its root is neither testsuites nor testsuite".to_owned()));
                }
                root = true;
                match (name, &mut case) {
                    ("testcase", _) => {
                        let class = attribute(&tag, "classname");
                        let name = attribute(&tag, "name");
                        let name = if class.is_empty() { name } else { format!("{class} {name}") };
                        let file = attribute(&tag, "file");
                        case = Some(Case { name, file, outcome: None });
                    }
                    ("failure" | "error", Some(case)) => {
                        case.outcome = Some(("failed", attribute(&tag, "message")));
                    }
                    ("skipped", Some(case)) if case.outcome.is_none() => {
                        case.outcome = Some(("skipped", attribute(&tag, "message")));
                    }
                    _ => {}
                }
                if !empty {
                    open += 1;
                } else if name == "testcase" {
                    finish(case.take(), &mut cases, &mut passed);
                }
            }
            Event::End(tag) => {
                open = open.saturating_sub(1);
                if tag.local_name().as_ref() == "testcase" {
                    finish(case.take(), &mut cases, &mut passed);
                }
                ended = open == 0;
            }
            Event::Eof => break,
            _ => {}
        }
        if cases.len() > MAX_RESULTS {
            return Err(ScanError::TooMany);
        }
    }
    let mut results: Vec<_> = cases
        .iter()
        .filter_map(|case| {
            let (rule, why) = case.outcome.as_ref()?;
            let message = format!("the test {} was {rule}: {why}", case.name);
            Some(Found { rule, message, file: &case.file, line: None })
        })
        .collect();
    if passed == 0 && results.iter().all(|result| result.rule != "failed") {
        let message = "no test passed, because none was run".to_owned();
        results.push(Found { rule: "no-tests", message, file: "", line: None });
    }
    let rules = [("failed", Some(FAILED)), ("no-tests", Some(FAILED)), ("skipped", None)];
    Ok(sarif("junit", &rules, results, ended))
}

fn finish(case: Option<Case>, cases: &mut Vec<Case>, passed: &mut usize) {
    match case {
        Some(case) if case.outcome.is_some() => cases.push(case),
        Some(_) => *passed += 1,
        None => {}
    }
}

/// The text of an attribute; empty if there is none, or if it cannot be read.
fn attribute(tag: &BytesStart<'_>, name: &str) -> String {
    let found = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == name);
    let Some(found) = found else { return String::new() };
    let value = found.value.into_owned();
    quick_xml::escape::unescape(&value).map_or_else(|_| value.clone(), |text| text.into_owned())
}
