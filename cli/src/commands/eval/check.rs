//! `headgate eval check`.

use std::path::Path;

use headgate_statistics::{DISCORDANCE, repeats_needed};
use headgate_suites::suite::{Files, Suite, SuiteError};
use serde_json::json;

use crate::args::Global;
use crate::fail::Failure;
use crate::output;

/// Reads a suite. Errors name the file and the line.
pub(super) fn read(folder: &Path) -> Result<(Files, Suite), Failure> {
    let files = Files::from_folder(folder)
        .map_err(|e| Failure::Usage(headgate_runtime::telemetry::chain(&e)))?;
    let suite = Suite::read(&files).map_err(|SuiteError(problems)| {
        let place = |p: &headgate_suites::suite::Problem| format!("{}/{p}", folder.display());
        let all: Vec<_> = problems.iter().map(place).collect();
        Failure::Usage(format!("the suite is invalid:\n{}", all.join("\n")))
    })?;
    Ok((files, suite))
}

pub(super) fn check(global: &Global, folder: &Path) -> Result<(), Failure> {
    let (_, suite) = read(folder)?;
    let prompts = suite.prompts();
    let cases = u64::try_from(prompts).unwrap_or(u64::MAX);
    let design = suite.rule.design(1);
    let repeats = repeats_needed(design, DISCORDANCE, cases).map_err(Failure::usage)?;
    if global.json {
        output::json(&json!({
            "suite": suite.name,
            "family": suite.family,
            "digest": suite.digest,
            "tasks": suite.tasks.len(),
            "prompts": prompts,
            "repeats": suite.repeats,
            "recommended_repeats": repeats,
        }));
        return Ok(());
    }
    output::line(format!("{} ({}): {}", suite.name, suite.family, suite.description));
    output::line(format!("version {}", suite.digest));
    let rows = suite.tasks.iter().map(|task| {
        let graders: Vec<_> = task.graders.iter().map(|g| g.name.as_str()).collect();
        vec![task.name.clone(), task.prompts.len().to_string(), graders.join(", ")]
    });
    output::table(&["task", "wordings", "graders"], rows.collect());
    output::line(format!(
        "{prompts} prompts, {} repeats each by default. To detect a drop of {:.0} points with {:.0} % power \
         against one baseline, use {repeats} repeats.",
        suite.repeats,
        100.0 * design.drop,
        100.0 * design.power,
    ));
    Ok(())
}
