//! A run for people at a terminal.

use headgate_domain::text::one_line;
use headgate_evals::report::{CandidateReport, ComparisonReport, Limits, Report, Verdict};
use headgate_evals::{RunHead, RunStatus, usd};
use serde_json::Value;

use crate::output;

/// Header of a list of runs.
pub(super) const RUN: [&str; 7] =
    ["run", "suite", "candidates", "status", "cases", "USD", "asked for by"];

pub(super) fn run_row(run: &RunHead) -> Vec<String> {
    vec![
        run.run_id.clone(),
        run.suite.clone(),
        run.candidates.join(", "),
        output::status(status(run.status)),
        format!("{} of {}", run.counts.ended(), run.cases()),
        format!("{:.2} of {:.2}", usd(run.micro_usd), usd(run.ceiling_micro_usd)),
        run.requested_by.clone(),
    ]
}

pub(super) fn status(status: RunStatus) -> &'static str {
    match status {
        RunStatus::Running => "running",
        RunStatus::Completed => "completed",
        RunStatus::Partial => "partial",
        RunStatus::Failed => "failed",
        RunStatus::Refused => "refused",
    }
}

pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Regressed => "regressed",
        Verdict::Improved => "improved",
        Verdict::NoWorse => "no worse",
        Verdict::Underpowered => "underpowered",
        Verdict::Incomparable => "incomparable",
    }
}

pub(super) fn show(run: &RunHead, report: &Report) {
    output::table(&RUN, vec![run_row(run)]);
    for reason in &run.reasons {
        output::line(one_line(reason, 2_000));
    }
    if run.status == RunStatus::Refused {
        return;
    }
    output::table(&CANDIDATE, report.candidates.iter().map(candidate_row).collect());
    comparisons(report);
    for missing in &report.missing {
        output::line(format!(
            "missing: {} of {} ({}): {}",
            missing.cases,
            missing.candidate,
            missing.code,
            one_line(&missing.reason, 300)
        ));
    }
}

pub(super) const CANDIDATE: [&str; 9] = [
    "candidate",
    "passed",
    "pass rate",
    "worst wording",
    "one of k",
    "all of k",
    "score",
    "USD (per pass)",
    "seconds p50/p95",
];

pub(super) fn candidate_row(c: &CandidateReport) -> Vec<String> {
    let tries = |part: fn(&headgate_evals::report::Tries) -> f64| {
        c.tries.as_ref().map_or_else(String::new, |t| format!("{} (k={})", percent(part(t)), t.k))
    };
    let seconds = |s: Option<f64>| s.map_or_else(|| "-".to_owned(), |s| format!("{s:.1}"));
    vec![
        c.candidate.clone(),
        format!("{} of {}", c.passed, c.graded),
        c.pass_rate.as_ref().map_or_else(String::new, limits),
        c.worst_paraphrase.map_or_else(String::new, percent),
        tries(|t| t.at_least_one),
        tries(|t| t.all),
        c.score.as_ref().map_or_else(String::new, |s| format!("{:.2}", s.estimate)),
        format!(
            "{:.4}{}",
            c.usd,
            c.usd_per_pass.map_or_else(String::new, |u| format!(" ({u:.5})"))
        ),
        format!("{}/{}", seconds(c.seconds_p50), seconds(c.seconds_p95)),
    ]
}

pub(super) fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

pub(super) fn limits(l: &Limits) -> String {
    format!("{} [{:.0}, {:.0}]", percent(l.estimate), 100.0 * l.lower, 100.0 * l.upper)
}

pub(super) const COMPARISON: [&str; 6] =
    ["candidate", "against", "difference", "lost/won of pairs", "p (corrected)", "verdict"];

pub(super) fn comparison_row(c: &ComparisonReport) -> Vec<String> {
    vec![
        c.candidate.clone(),
        c.baseline.clone(),
        c.difference.as_ref().map_or_else(String::new, limits),
        format!("{}/{} of {}", c.lost, c.won, c.pairs),
        c.adjusted_p.map_or_else(String::new, |p| match p < 0.0001 {
            true => "< 0.0001".to_owned(),
            false => format!("{p:.4}"),
        }),
        verdict(c.verdict).to_owned(),
    ]
}

pub(super) fn comparisons(report: &Report) {
    if report.comparisons.is_empty() {
        return;
    }
    let rows = report.comparisons.iter().map(|c| {
        let mut row = comparison_row(c);
        if let Some(verdict) = row.last_mut() {
            *verdict = output::status(verdict);
        }
        row
    });
    output::table(&COMPARISON, rows.collect());
    for comparison in &report.comparisons {
        output::line(sentence(comparison));
    }
    output::line(flips(report));
}

/// What a comparison comes to, in words.
pub(super) fn sentence(c: &ComparisonReport) -> String {
    let ComparisonReport { candidate, baseline, pairs, unpaired, .. } = c;
    let alone =
        if *unpaired > 0 { format!(" ({unpaired} cases have no pair)") } else { String::new() };
    match (c.verdict, c.more_repeats) {
        (Verdict::Regressed, _) => {
            format!("{candidate} is worse than {baseline} over {pairs} pairs{alone}")
        }
        (Verdict::Improved, _) => {
            format!("{candidate} is better than {baseline} over {pairs} pairs{alone}")
        }
        (Verdict::NoWorse, _) => {
            format!("{candidate} is not noticeably worse than {baseline} over {pairs} pairs{alone}")
        }
        (Verdict::Underpowered, Some(more)) => format!(
            "{candidate} against {baseline}: {pairs} pairs do not decide{alone}; {more} more repeats would, if rates \
             stay as they are"
        ),
        (Verdict::Underpowered, None) => format!(
            "{candidate} against {baseline}: {pairs} pairs do not decide{alone}, and no number of repeats would; it \
             takes more tasks"
        ),
        (Verdict::Incomparable, _) => {
            format!("{candidate} against {baseline}: fewer than two tasks have pairs{alone}")
        }
    }
}

/// The A/A check.
pub(super) fn flips(report: &Report) -> String {
    match report.comparisons.iter().find_map(|c| c.flip_rate.map(|f| (&c.baseline, f))) {
        Some((baseline, flips)) => format!(
            "{baseline} against itself is told to differ in {:.1} % of gates like this one",
            100.0 * flips
        ),
        None => "there are too few results for the check of the baseline against itself".to_owned(),
    }
}

/// One case: how it ended, and what was asked and answered. What models wrote is shown without its control
/// characters, which a terminal would obey.
pub(super) fn case(shown: &Value) {
    let text = |p: &str| output::text(shown, p);
    output::line(format!(
        "{}/{}/{}/{}: {}",
        text("/case/case/candidate"),
        text("/case/case/task"),
        text("/case/case/paraphrase"),
        text("/case/case/repeat"),
        text("/case/result/outcome"),
    ));
    let grades = shown.pointer("/case/result/grades").and_then(Value::as_array);
    let rows = grades.into_iter().flatten().map(|g| {
        let cell = |p: &str| one_line(&output::text(g, p), 400);
        vec![cell("/grader"), cell("/score"), cell("/passed"), cell("/evidence")]
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        output::table(&["grader", "score", "passed", "evidence"], rows);
    }
    for member in ["code", "reason", "why"] {
        let said = text(&format!("/case/result/{member}"));
        if !said.is_empty() {
            output::line(format!("{member}: {}", one_line(&said, 2_000)));
        }
    }
    let exchanges = shown.pointer("/evidence/exchanges").and_then(Value::as_array);
    for exchange in exchanges.into_iter().flatten() {
        let (part, model) = (output::text(exchange, "/part"), output::text(exchange, "/model"));
        output::line(format!("\n── {part}: {model}"));
        for line in output::text(exchange, "/replied/text").lines() {
            output::line(one_line(line, 2_000));
        }
        let error = output::text(exchange, "/error");
        if !error.is_empty() {
            output::line(one_line(&error, 2_000));
        }
    }
}
