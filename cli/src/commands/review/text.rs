//! The review as text, for a terminal.

use headgate_domain::text::one_line;
use headgate_review::Report;

use super::{counts, severity, verdict};
use crate::commands::access;
use crate::output;

pub(super) fn print(report: &Report, environment: &str, gate: &str) {
    let rest = format!(" for {environment}: {}", counts(report));
    output::line_with("", verdict(report), rest);
    if report.summary.total() > 0 {
        let rows = report.by_type.iter().map(|(kind, sum)| {
            let counts = [sum.create, sum.update, sum.replace, sum.delete];
            std::iter::once(kind.clone()).chain(counts.map(|n| n.to_string())).collect()
        });
        output::table(&["type", "create", "update", "replace", "delete"], rows.collect());
    }
    for f in &report.findings {
        output::line_with("", severity(f), format!(" {}  {}", f.rule, plain(&f.resource)));
        output::line(format!("    {}", plain(&f.message)));
        output::line(format!("    fix: {}", plain(&f.fix)));
    }
    output::line(format!("gate: {gate}"));
    if let Some(access) = &report.access {
        access::print(access, report.basis.environment.access.is_some());
    }
    output::line(format!("plan hash     {}", report.plan_hash));
    output::line(format!("content hash  {}", report.content_hash));
}

/// Keeps text from a plan on its line.
fn plain(text: &str) -> String {
    one_line(text, usize::MAX)
}
