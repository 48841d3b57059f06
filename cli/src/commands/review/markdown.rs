//! The review as Markdown, for a pull request comment.

use headgate_review::Report;

use super::{counts, severity, verdict};

/// Number of findings to list. The rest is only counted, because the length of a comment is limited.
const LISTED: usize = 100;

pub(super) fn comment(report: &Report, environment: &str, gate: &str) -> String {
    let mut out = format!(
        "### Headgate: {} for `{}`\n\n{}",
        verdict(report),
        environment,
        capital(&counts(report))
    );
    if report.findings.is_empty() {
        out.push_str(". No findings.\n");
    } else {
        out.push_str(
            ".\n\n| severity | rule | resource | finding | fix |\n|---|---|---|---|---|\n",
        );
        for f in report.findings.iter().take(LISTED) {
            out.push_str(&format!(
                "| {} | `{}` | `{}` | {} | {} |\n",
                severity(f),
                cell(&f.rule),
                cell(&f.resource),
                cell(&f.message),
                cell(&f.fix)
            ));
        }
        if let Some(more) = report.findings.len().checked_sub(LISTED).filter(|n| *n > 0) {
            out.push_str(&format!("\n… and {more} more.\n"));
        }
    }
    if report.summary.total() > 0 {
        out.push_str("\n<details><summary>By resource type</summary>\n\n");
        out.push_str("| type | create | update | replace | delete |\n|---|---|---|---|---|\n");
        for (kind, sum) in &report.by_type {
            out.push_str(&format!(
                "| `{}` | {} | {} | {} | {} |\n",
                cell(kind),
                sum.create,
                sum.update,
                sum.replace,
                sum.delete
            ));
        }
        out.push_str("\n</details>\n");
    }
    let access = report.access.as_ref().filter(|access| access.unknown.is_empty());
    if let Some(policy) = access.and_then(|access| access.policies.first()) {
        out.push_str(&format!(
            "\n<details><summary>What the credentials of its apply allow</summary>\n\n```json\n{}\n```\n\n</details>\n",
            policy.document.replace("```", "'''")
        ));
    }
    out.push_str(&format!(
        "\n{}. Plan `{}`, content `{}`.",
        capital(gate),
        report.plan_hash,
        report.content_hash
    ));
    out
}

/// Escapes text for a table cell. The text comes from the proposer and must not become markup.
fn cell(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '|' => out.push_str("&#124;"),
            '\\' => out.push_str("&#92;"),
            '`' => out.push('\''),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' => out.push_str("&#64;"),
            '[' => out.push_str("&#91;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
