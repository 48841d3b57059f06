//! A run as Markdown, for a pull request comment.

use headgate_suites::RunHead;
use headgate_suites::report::Report;

use super::text;

pub(super) fn render(run: &RunHead, report: &Report) -> String {
    let mut page = format!(
        "### {} — {}\n\nRun `{}`: {} of {} cases, {:.2} USD\n\n",
        cell(&run.suite),
        text::status(run.status),
        run.run_id,
        run.counts.ended(),
        run.cases(),
        report.usd,
    );
    page.push_str(&table(&text::CANDIDATE, report.candidates.iter().map(text::candidate_row)));
    if !report.comparisons.is_empty() {
        page.push('\n');
        page.push_str(&comparisons(report));
    }
    for missing in &report.missing {
        page.push_str(&format!(
            "\n- missing: {} of {} (`{}`): {}",
            missing.cases,
            cell(&missing.candidate),
            missing.code.replace('`', ""),
            cell(&missing.reason)
        ));
    }
    page
}

pub(super) fn comparisons(report: &Report) -> String {
    let mut page = table(&text::COMPARISON, report.comparisons.iter().map(text::comparison_row));
    for comparison in &report.comparisons {
        page.push_str(&format!("\n- {}", cell(&text::sentence(comparison))));
    }
    page.push_str(&format!("\n- {}\n", text::flips(report)));
    page
}

fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &mut dyn Iterator<Item = String>| -> String {
        cells.map(|c| format!("| {} ", cell(&c))).collect::<String>() + "|\n"
    };
    let mut table = line(&mut header.iter().map(ToString::to_string));
    table.push_str(&"| --- ".repeat(header.len()));
    table.push_str("|\n");
    table.extend(rows.map(|row| line(&mut row.into_iter())));
    table
}

/// Escapes text for a table cell, so that text from others cannot leave the cell or become a link or HTML.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for c in headgate_domain::text::one_line(text, 2_000).chars() {
        if "|<>[]`*_\\".contains(c) {
            cell.push('\\');
        }
        cell.push(c);
    }
    // Zero-width spaces prevent mentions, issue links and automatic links.
    [("@", "@\u{200b}"), ("#", "#\u{200b}"), ("://", ":\u{200b}//"), ("www.", "www\u{200b}.")]
        .into_iter()
        .fold(cell, |cell, (from, to)| cell.replace(from, to))
}
