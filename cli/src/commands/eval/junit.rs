//! A run as JUnit XML, for CI. Each comparison and each task of each candidate is a test case.

use headgate_suites::RunHead;
use headgate_suites::report::{Conclusion, Report};

use super::{assert, text};

/// A comparison that does not pass is a failure. An underpowered one that may pass is skipped.
pub(super) fn render(run: &RunHead, report: &Report, allow_underpowered: bool) -> String {
    let mut cases = String::new();
    let (mut tests, mut failures, mut skipped) = (0, 0, 0);
    for comparison in &report.comparisons {
        tests += 1;
        let name = format!("{} against {}", comparison.candidate, comparison.baseline);
        let said = escaped(&text::sentence(comparison));
        let inner = match (assert::objection(comparison, allow_underpowered), comparison.conclusion)
        {
            (Some(why), _) => {
                failures += 1;
                format!("<failure message=\"{}\"/>", escaped(&why))
            }
            (None, Conclusion::Underpowered) => {
                skipped += 1;
                format!("<skipped message=\"{said}\"/>")
            }
            (None, _) => format!("<system-out>{said}</system-out>"),
        };
        let name = escaped(&name);
        cases.push_str(&format!(
            "  <testcase classname=\"comparisons\" name=\"{name}\">{inner}</testcase>\n"
        ));
    }
    for candidate in &report.candidates {
        for task in &candidate.tasks {
            tests += 1;
            let said = format!("{} of {} passed", task.passed, task.graded);
            cases.push_str(&format!(
                "  <testcase classname=\"{}\" name=\"{}\"><system-out>{said}</system-out></testcase>\n",
                escaped(&candidate.candidate),
                escaped(&task.task),
            ));
        }
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"{}\" id=\"{}\" tests=\"{tests}\" \
         failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">\n{cases}  <system-out>{}</system-out>\n</testsuite>",
        escaped(&run.suite),
        escaped(&run.run_id),
        escaped(&text::flips(report)),
    )
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in headgate_domain::text::one_line(text, 2_000).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}
