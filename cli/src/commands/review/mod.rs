//! `headgate review`: runs the fleet's review offline.

mod json;
mod markdown;
mod replay;
mod sarif;
mod text;

use std::io::Read as _;
use std::path::{Path, PathBuf};

use headgate_domain::approval::in_words;
use headgate_domain::canonical::sha256_hex;
use headgate_domain::environment::{Environment, Environments};
use headgate_events::{Agent, Finding, Severity, Verdict};
use headgate_review::{
    Bundle, Report, ReviewError, Scan, Subject, from_folder, infracost_cents, review,
};
use jiff::Timestamp;

pub(super) use replay::replay;

use super::read;
use crate::args::{Format, Global, Review};
use crate::fail::Failure;
use crate::input::Problems;
use crate::{output, scans, values};

/// Largest accepted plan in bytes, the same as the fleet's limit for an artifact.
const MAX_PLAN_BYTES: u64 = headgate_domain::guards::MAX_ARTIFACT_BYTES;

pub(super) fn run(global: &Global, args: Review) -> Result<(), Failure> {
    let environment = environment(&args)?;
    let bundle = bundle(args.policies.as_deref())?;
    let estimated_cents = args.cost.as_deref().map(cost).transpose()?;
    let agent = args.agent.map(|id| Agent { id, model: "unknown".to_owned(), human_owner: None });
    let file = args.plan.unwrap_or_else(|| "-".into());
    let bytes = plan(&file)?;
    let dir = args.dir.unwrap_or_else(|| PathBuf::from("."));
    let mut found = Vec::new();
    for log in &args.scan {
        found.extend(scans::read(log, &sha256_hex(&bytes), &dir)?.1);
    }
    Scan::few(&found).map_err(|e| Failure::Usage(e.to_string()))?;
    let mut problems = Problems::default();
    // Only if asked: the plan may be of another folder.
    let values = match args.var_file.as_slice() {
        [] => Vec::new(),
        named => values::files(&dir, named, &mut problems),
    };
    problems.none(Some(()))?;
    let subject = Subject {
        agent: agent.as_ref(),
        scans: &found,
        values: &values,
        estimated_cents,
        ..Subject::offline(&environment, args.lane.into(), Timestamp::now())
    };
    let name = file.display().to_string();
    let report = review(&bundle, subject, &bytes).map_err(|error| match error {
        ReviewError::Plan(problem) => Failure::Usage(format!("{name}: {problem}")),
        other => Failure::Usage(format!("{name}: {}", one_line(&other))),
    })?;
    let gate = in_words(&report.gate(&environment, subject.lane, agent.is_some()));
    match args.format {
        _ if global.json => output::json(&json::report(&report)),
        Format::Json => output::json(&json::report(&report)),
        Format::Sarif => output::json(&sarif::log(&report, &name)),
        Format::Markdown => output::line(markdown::comment(&report, &environment.name, &gate)),
        Format::Text => text::print(&report, &environment.name, &gate),
    }
    match report.verdict {
        Verdict::Pass => Ok(()),
        Verdict::Revise | Verdict::Block => Err(Failure::Found),
    }
}

fn environment(args: &Review) -> Result<Environment, Failure> {
    let name = args.env.as_deref().unwrap_or_default();
    let Some(path) = &args.profiles else {
        return Environment::profile(name).ok_or_else(|| {
            Failure::Usage(format!(
                "unknown environment `{name}`; known: {}; to use your own, pass --profiles FILE",
                Environment::profiles()
            ))
        });
    };
    let text = String::from_utf8_lossy(&read(path)?).into_owned();
    let all: Environments =
        text.parse().map_err(|e| Failure::Usage(format!("{}: {e}", path.display())))?;
    all.get(name).cloned().ok_or_else(|| {
        let known = all.names();
        Failure::Usage(format!("environment `{name}` is not in {}; known: {known}", path.display()))
    })
}

fn bundle(folder: Option<&Path>) -> Result<Bundle, Failure> {
    let team = folder.map(from_folder).transpose().map_err(|e| Failure::Usage(one_line(&e)))?;
    Bundle::with(&team.unwrap_or_default()).map_err(|e| Failure::Usage(one_line(&e)))
}

fn cost(path: &Path) -> Result<i64, Failure> {
    infracost_cents(&read(path)?).map_err(|e| Failure::Usage(format!("{}: {e}", path.display())))
}

fn plan(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |e: std::io::Error| Failure::Usage(format!("{}: {e}", path.display()));
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().take(MAX_PLAN_BYTES + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).map_err(failed)?.take(MAX_PLAN_BYTES + 1).read_to_end(&mut bytes)
    };
    let size = read.map_err(failed)?;
    if size as u64 > MAX_PLAN_BYTES {
        let limit = MAX_PLAN_BYTES / (1024 * 1024);
        return Err(Failure::Usage(format!(
            "{}: the plan is larger than {limit} MiB",
            path.display()
        )));
    }
    Ok(bytes)
}

/// An error with its causes, on one line.
fn one_line(error: &(dyn std::error::Error + 'static)) -> String {
    let text = headgate_runtime::telemetry::chain(error);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn severity(finding: &Finding) -> &'static str {
    match finding.severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
        Severity::Critical => "critical",
    }
}

fn verdict(report: &Report) -> &'static str {
    match report.verdict {
        Verdict::Pass => "pass",
        Verdict::Revise => "revise",
        Verdict::Block => "block",
    }
}

/// The counts of changes, such as `3 to create, 1 to replace`.
fn counts(report: &Report) -> String {
    let sum = &report.summary;
    let all = [
        (sum.create, "create"),
        (sum.update, "update"),
        (sum.replace, "replace"),
        (sum.delete, "delete"),
    ];
    let some: Vec<_> =
        all.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} to {what}")).collect();
    if some.is_empty() { "no changes".to_owned() } else { some.join(", ") }
}
