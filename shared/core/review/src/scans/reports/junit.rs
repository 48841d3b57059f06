//! Results of tests as JUnit XML, as most test runners write them (<https://github.com/testmoapp/junitxml>).

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

use super::super::ScanError;
use super::{FAILED, Found, run as sarif};

/// Most results that are kept by name. The rest are counted.
const MOST_NAMED: usize = 500;

/// What happened to a test.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Skipped,
    Failed,
}

/// A test while it is read.
struct Case {
    name: String,
    file: String,
    outcome: Outcome,
    why: String,
}

/// What was read so far.
#[derive(Default)]
struct Report {
    /// Tests that are open: one may be in another.
    cases: Vec<Case>,
    passed: usize,
    skipped: usize,
    failed: usize,
    /// Name, file and reason of what failed.
    named: Vec<(String, String, String)>,
    /// Failures and errors that the suites count.
    counted: usize,
}

/// Reads a report. Everything is taken as it comes, so depth costs nothing.
pub(super) fn run(text: &[u8]) -> Result<Value, ScanError> {
    let wrong = |problem: String| ScanError::Report("JUnit XML", problem);
    let text = std::str::from_utf8(text)
        .map_err(|_| wrong("it is not UTF-8; let the runner write UTF-8".to_owned()))?;
    let mut reader = Reader::from_str(text);
    let (mut report, mut roots, mut open) = (Report::default(), 0, 0_usize);
    loop {
        match reader.read_event().map_err(|e| wrong(e.to_string()))? {
            Event::Start(tag) => {
                roots += usize::from(open == 0);
                open += 1;
                report.enter(&tag, open == 1).map_err(wrong)?;
            }
            Event::Empty(tag) => {
                roots += usize::from(open == 0);
                report.enter(&tag, open == 0).map_err(wrong)?;
                if tag.local_name().as_ref() == "testcase" {
                    report.leave();
                }
            }
            Event::End(tag) => {
                open = open.saturating_sub(1);
                if tag.local_name().as_ref() == "testcase" {
                    report.leave();
                }
            }
            // Who knows what such a reference stands for?
            Event::GeneralRef(name) if !is_plain(&name) => {
                return Err(wrong(format!("it has the entity {}", &*name)));
            }
            Event::Eof => break,
            _ => {}
        }
        if roots > 1 {
            return Err(wrong("it is more than one report; pass each with --scan".to_owned()));
        }
    }
    Ok(report.log(open == 0))
}

/// A character, or one of the five entities of XML.
fn is_plain(name: &str) -> bool {
    name.starts_with('#') || matches!(name, "amp" | "lt" | "gt" | "apos" | "quot")
}

impl Report {
    fn enter(&mut self, tag: &BytesStart<'_>, is_root: bool) -> Result<(), String> {
        let name = tag.local_name().as_ref().to_ascii_lowercase();
        let suite = matches!(name.as_str(), "testsuites" | "testsuite");
        if is_root && !suite {
            return Err("its root is neither testsuites nor testsuite".to_owned());
        }
        match (name.as_str(), self.cases.last_mut()) {
            ("testcase", _) => self.cases.push(case(tag)),
            ("failure" | "error", Some(case)) => {
                case.outcome = Outcome::Failed;
                case.why = attribute(tag, "message");
            }
            // Of the whole suite, such as of its preparation.
            ("failure" | "error", None) => {
                self.fail("a suite".to_owned(), String::new(), attribute(tag, "message"));
            }
            ("skipped" | "disabled", Some(case)) if case.outcome == Outcome::Passed => {
                case.outcome = Outcome::Skipped;
            }
            // Those around a suite repeat its numbers.
            _ if suite => {
                let of = |name| attribute(tag, name).trim().parse().unwrap_or(0);
                let counted: usize = of("failures") + of("errors");
                self.counted = self.counted.max(counted);
            }
            _ => {}
        }
        Ok(())
    }

    fn leave(&mut self) {
        let Some(case) = self.cases.pop() else { return };
        match case.outcome {
            Outcome::Passed => self.passed += 1,
            Outcome::Skipped => self.skipped += 1,
            Outcome::Failed => self.fail(case.name, case.file, case.why),
        }
    }

    fn fail(&mut self, name: String, file: String, why: String) {
        self.failed += 1;
        if self.named.len() < MOST_NAMED {
            self.named.push((name, file, why));
        }
    }

    fn log(self, complete: bool) -> Value {
        let failed = self.named.iter().map(|(name, file, why)| {
            let message = format!("the test {name} failed: {why}");
            Found { rule: "failed", message, file, line: None }
        });
        let mut results: Vec<_> = failed.collect();
        let more = self.failed.max(self.counted).saturating_sub(self.named.len());
        if more > 0 {
            let message = format!("{more} more tests failed, as the suites count them");
            results.push(Found { rule: "failed", message, file: "", line: None });
        }
        if self.skipped > 0 {
            let message = format!("{} tests were skipped", self.skipped);
            results.push(Found { rule: "skipped", message, file: "", line: None });
        }
        if self.passed == 0 && self.failed == 0 {
            let message = "no test passed, because none was run".to_owned();
            results.push(Found { rule: "no-tests", message, file: "", line: None });
        }
        let rules = [("failed", Some(FAILED)), ("no-tests", Some(FAILED)), ("skipped", None)];
        sarif("junit", &rules, results, complete)
    }
}

/// A test as its element says it. Some runners write the outcome as an attribute.
fn case(tag: &BytesStart<'_>) -> Case {
    let (class, name) = (attribute(tag, "classname"), attribute(tag, "name"));
    let name = if class.is_empty() { name } else { format!("{class} {name}") };
    let said = [attribute(tag, "status"), attribute(tag, "result")].map(|s| s.to_ascii_lowercase());
    let any = |known: &[&str]| said.iter().any(|s| known.contains(&s.as_str()));
    let outcome = if any(&["fail", "failed", "failure", "error"]) {
        Outcome::Failed
    } else if any(&["notrun", "disabled", "suppressed", "skipped", "ignored"]) {
        Outcome::Skipped
    } else {
        Outcome::Passed
    };
    Case { name, file: attribute(tag, "file"), outcome, why: String::new() }
}

/// Returns the text of an attribute, or an empty text if the element does not have it.
fn attribute(tag: &BytesStart<'_>, name: &str) -> String {
    let found = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == name);
    let Some(found) = found else { return String::new() };
    let value = found.value.into_owned();
    quick_xml::escape::unescape(&value).map_or_else(|_| value.clone(), |text| text.into_owned())
}
