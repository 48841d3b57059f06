//! The review as text, for a terminal.

use headgate_domain::text::one_line;
use headgate_review::Report;

use super::{counts, severity, verdict};
use crate::output;

pub(super) fn print(report: &Report, environment: &str, gate: &str) {
    let verdict = output::status(verdict(report));
    output::line(format!("{verdict} for {environment}: {}", counts(report)));
    if report.summary.total() > 0 {
        let rows = report.by_type.iter().map(|(kind, sum)| {
            let counts = [sum.create, sum.update, sum.replace, sum.delete];
            std::iter::once(kind.clone()).chain(counts.map(|n| n.to_string())).collect()
        });
        output::table(&["type", "create", "update", "replace", "delete"], rows.collect());
    }
    for f in &report.findings {
        let severity = output::status(severity(f));
        output::line(format!("{severity} {}  {}", f.rule, plain(&f.resource)));
        output::line(format!("    {}", plain(&f.message)));
        output::line(format!("    fix: {}", plain(&f.fix)));
    }
    output::line(format!("gate: {gate}"));
    output::line(format!("plan hash     {}", report.plan_hash));
    output::line(format!("content hash  {}", report.content_hash));
}

/// Removes control characters, so that text from a plan cannot control the terminal.
fn plain(text: &str) -> String {
    one_line(text, usize::MAX)
}
