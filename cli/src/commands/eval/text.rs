//! A run as text, for a terminal.

use headgate_api_types::evaluations::Case;
use headgate_domain::text::one_line;
use headgate_statistics::Interval;
use headgate_suites::report::{CandidateReport, ComparisonReport, Conclusion, Report};
use headgate_suites::{CaseId, CaseOutcome, CaseResult, RunHead, RunStatus, usd};

use crate::output::{self, Cell};

/// Header of the table of runs.
pub(super) const RUN: [&str; 7] =
    ["run", "suite", "candidates", "status", "cases", "USD", "requested by"];

pub(super) fn run_row(run: &RunHead) -> Vec<Cell> {
    vec![
        run.run_id.clone().into(),
        run.suite.clone().into(),
        run.candidates.join(", ").into(),
        output::status(status(run.status)),
        format!("{} of {}", run.counts.ended(), run.cases()).into(),
        format!("{:.2} of {:.2}", usd(run.micro_usd), usd(run.ceiling_micro_usd)).into(),
        run.requested_by.clone().into(),
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

pub(super) fn conclusion(conclusion: Conclusion) -> &'static str {
    match conclusion {
        Conclusion::Regressed => "regressed",
        Conclusion::Improved => "improved",
        Conclusion::NoWorse => "no worse",
        Conclusion::Underpowered => "underpowered",
        Conclusion::Incomparable => "incomparable",
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
    "pass@k",
    "pass^k",
    "score",
    "USD (per pass)",
    "p50/p95, s",
];

pub(super) fn candidate_row(c: &CandidateReport) -> Vec<String> {
    let tries = |part: fn(&headgate_suites::report::Tries) -> f64| {
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

pub(super) fn limits(l: &Interval) -> String {
    format!("{} [{:.0}, {:.0}]", percent(l.estimate), 100.0 * l.lower, 100.0 * l.upper)
}

pub(super) const COMPARISON: [&str; 6] =
    ["candidate", "baseline", "difference", "lost/won of pairs", "adjusted p", "conclusion"];

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
        conclusion(c.conclusion).to_owned(),
    ]
}

pub(super) fn comparisons(report: &Report) {
    if report.comparisons.is_empty() {
        return;
    }
    let rows = report.comparisons.iter().map(|c| {
        let mut row: Vec<Cell> = comparison_row(c).into_iter().map(Cell::from).collect();
        if let Some(last) = row.last_mut() {
            *last = output::status(conclusion(c.conclusion));
        }
        row
    });
    output::table(&COMPARISON, rows.collect());
    for comparison in &report.comparisons {
        output::line(sentence(comparison));
    }
    output::line(flips(report));
}

/// The conclusion of a comparison as a sentence without a full stop.
pub(super) fn sentence(c: &ComparisonReport) -> String {
    let ComparisonReport { candidate, baseline, pairs, unpaired, .. } = c;
    let alone =
        if *unpaired > 0 { format!(" ({unpaired} cases without a pair)") } else { String::new() };
    match (c.conclusion, c.more_repeats) {
        (Conclusion::Regressed, _) => {
            format!("{candidate} is worse than {baseline} over {pairs} pairs{alone}")
        }
        (Conclusion::Improved, _) => {
            format!("{candidate} is better than {baseline} over {pairs} pairs{alone}")
        }
        (Conclusion::NoWorse, _) => {
            format!("{candidate} is no worse than {baseline} over {pairs} pairs{alone}")
        }
        (Conclusion::Underpowered, Some(more)) => format!(
            "{candidate} against {baseline}: {pairs} pairs are too few to decide{alone}; {more} more repeats \
             would be enough if the rates stayed the same"
        ),
        (Conclusion::Underpowered, None) => format!(
            "{candidate} against {baseline}: {pairs} pairs are too few to decide{alone}, and more repeats \
             would not help; add tasks to the suite"
        ),
        (Conclusion::Incomparable, _) => {
            format!("{candidate} against {baseline}: fewer than two tasks have pairs{alone}")
        }
    }
}

/// The result of the A/A check, which compares the baseline with itself.
pub(super) fn flips(report: &Report) -> String {
    match report.comparisons.iter().find_map(|c| c.flip_rate.map(|f| (&c.baseline, f))) {
        Some((baseline, flips)) => format!(
            "A/A check: {baseline} appears to differ from itself in {:.1} % of simulated comparisons",
            100.0 * flips
        ),
        None => "A/A check: too few results to compare the baseline with itself".to_owned(),
    }
}

/// Prints one case: its outcome, grades and the models' answers. Control characters in text from models are
/// removed, so that it cannot control the terminal.
pub(super) fn case(shown: &Case) {
    let CaseResult { case, result, .. } = &shown.case.result;
    let CaseId { candidate, task, paraphrase, repeat } = case;
    let (outcome, said) = match result {
        CaseOutcome::Graded { .. } => ("graded", Vec::new()),
        CaseOutcome::Failed { code, reason } => {
            ("failed", vec![("code", code.clone()), ("reason", reason.clone())])
        }
        CaseOutcome::Skipped { why } => ("skipped", vec![("why", output::name(why))]),
    };
    output::line(format!("{candidate}/{task}/{paraphrase}/{repeat}: {outcome}"));
    if let CaseOutcome::Graded { grades, .. } = result
        && !grades.is_empty()
    {
        let rows = grades.iter().map(|g| {
            let passed = g.passed.to_string();
            vec![one_line(&g.grader, 400), g.score.to_string(), passed, one_line(&g.evidence, 400)]
        });
        output::table(&["grader", "score", "passed", "evidence"], rows.collect());
    }
    for (name, text) in said {
        output::line(format!("{name}: {}", one_line(&text, 2_000)));
    }
    for exchange in shown.evidence.iter().flat_map(|e| &e.exchanges) {
        output::line(format!("\n── {}: {}", exchange.part, exchange.model));
        let replied = exchange.replied.as_ref().map(|r| r.text.as_str()).unwrap_or_default();
        for line in replied.lines().chain(exchange.error.as_deref()) {
            output::line(one_line(line, 2_000));
        }
    }
}
