//! Reads and validates a suite, and reports all problems at once.

use headgate_statistics::Rule;
use serde::de::DeserializeOwned;
use toml::Spanned;

use super::grader::Grader;
use super::graders::{graders, taken_from};
use super::problems::{Problem, Problems};
use super::raw::{RawRule, RawSuite, RawTask};
use super::values::{is_name, named, number, ranged};
use super::{Attachment, Files, Suite, SuiteError, Task};

/// The folder of the tasks.
const TASKS: &str = "tasks/";
const MAX_TASKS: usize = 500;
/// Maximum number of graders of a task. All their grades must fit in one event.
const MAX_GRADERS: usize = 20;
const MAX_PROMPTS: usize = 50;
/// An error clustered by task needs at least two tasks.
const MIN_TASKS: usize = 2;

impl Suite {
    /// Reads a suite: `suite.toml`, `tasks/<name>.toml`, and the files that they name.
    ///
    /// # Errors
    /// [`SuiteError`] with all problems, by file and line.
    pub fn read(files: &Files) -> Result<Self, SuiteError> {
        let mut found = Vec::new();
        let suite = suite(files, &mut found);
        found.sort();
        match suite {
            Some(suite) if found.is_empty() => Ok(suite),
            _ => Err(SuiteError(found)),
        }
    }
}

fn whole(file: &str, message: impl Into<String>) -> Problem {
    Problem { file: file.to_owned(), line: 0, message: message.into() }
}

fn suite(files: &Files, found: &mut Vec<Problem>) -> Option<Suite> {
    const FILE: &str = "suite.toml";
    let Some(text) = files.files.get(FILE) else {
        found.push(whole(
            FILE,
            "is missing; a suite is a folder with `suite.toml` and `tasks/<name>.toml`",
        ));
        return None;
    };
    let mut problems = Problems::of(FILE, text);
    let raw: Option<RawSuite> = parsed(&mut problems);
    let suite = raw.map(|raw| {
        named(&mut problems, &raw.name, "name");
        named(&mut problems, &raw.family, "family");
        let common = graders(&raw.graders, files, &mut problems);
        let tasks = tasks(files, &common, found);
        if tasks.len() < MIN_TASKS || tasks.len() > MAX_TASKS {
            let n = tasks.len();
            let message = format!(
                "the number of valid tasks in `tasks/` is {n}; it must be {MIN_TASKS} to {MAX_TASKS}"
            );
            found.push(whole(FILE, message));
        }
        Suite {
            name: raw.name.into_inner(),
            family: raw.family.into_inner(),
            description: raw.description,
            digest: files.digest(),
            system: raw.system.and_then(|f| taken_from(files, &f, &mut problems)),
            verifier: raw.verifier.and_then(|f| taken_from(files, &f, &mut problems)),
            answer: raw.answer,
            repeats: number(&mut problems, raw.repeats.as_ref(), "repeats", 5, (1, 100)),
            output_tokens: number(
                &mut problems,
                raw.output_tokens.as_ref(),
                "output_tokens",
                4_096,
                (1, 64_000),
            ),
            temperature: raw
                .temperature
                .map(|t| ranged(&mut problems, &t, "temperature", (0.0, 2.0))),
            timeout_seconds: number(
                &mut problems,
                raw.timeout_seconds.as_ref(),
                "timeout_seconds",
                120,
                (1, 600),
            ),
            rule: rule(&mut problems, &raw.rule),
            tasks,
        }
    });
    found.append(&mut problems.found);
    suite
}

fn rule(problems: &mut Problems<'_>, raw: &RawRule) -> Rule {
    let usual = Rule::default();
    Rule {
        alpha: number(problems, raw.alpha.as_ref(), "alpha", usual.alpha, (0.000_1, 0.2)),
        minimum: number(problems, raw.minimum.as_ref(), "minimum", usual.minimum, (0.01, 0.5)),
        power: number(problems, raw.power.as_ref(), "power", usual.power, (0.5, 0.99)),
    }
}

fn tasks(files: &Files, common: &[Grader], found: &mut Vec<Problem>) -> Vec<Task> {
    let mut tasks = Vec::new();
    for (file, text) in &files.files {
        let name = file.strip_prefix(TASKS).and_then(|f| f.strip_suffix(".toml"));
        let Some(name) = name.filter(|n| !n.contains('/')) else { continue };
        let mut problems = Problems::of(file, text);
        if !is_name(name) {
            problems.at(
                0,
                "rename this file: a task name has 1 to 64 lowercase letters, digits and `-`",
            );
        }
        tasks.extend(task(name, files, common, &mut problems));
        found.append(&mut problems.found);
    }
    tasks
}

fn task(name: &str, files: &Files, common: &[Grader], problems: &mut Problems<'_>) -> Option<Task> {
    let raw: RawTask = parsed(problems)?;
    let prompts = raw.prompts.get_ref();
    if prompts.is_empty() || prompts.len() > MAX_PROMPTS {
        let message = format!("`prompts` has {} entries; give 1 to {MAX_PROMPTS}", prompts.len());
        problems.at(raw.prompts.span().start, message);
    }
    for empty in prompts.iter().filter(|p| p.get_ref().trim().is_empty()) {
        problems.at(empty.span().start, "this prompt is empty; write it or remove it");
    }
    let attachments = raw.attachments.iter().filter_map(|file| {
        let text = taken_from(files, file, problems)?;
        Some(Attachment { name: file.get_ref().clone(), text })
    });
    let attachments = attachments.collect();
    let own = graders(&raw.graders, files, problems);
    let mut all: Vec<Grader> = common.to_vec();
    for without in &raw.without {
        if !all.iter().any(|g| g.name == *without.get_ref()) {
            let message = format!(
                "`without` names the grader `{}`, which the suite does not have",
                without.get_ref()
            );
            problems.at(without.span().start, message);
        }
        all.retain(|g| g.name != *without.get_ref());
    }
    all.retain(|g| own.iter().all(|o| o.name != g.name));
    all.extend(own);
    if all.is_empty() {
        problems.at(0, "this task has no grader; add `[[graders]]` here or in suite.toml");
    } else if all.len() > MAX_GRADERS {
        let message = format!("this task has {} graders; the limit is {MAX_GRADERS}", all.len());
        problems.at(0, message);
    } else if !all.iter().any(|g| g.required) {
        let message = "no grader of this task is required, so every answer would pass; require one";
        problems.at(0, message);
    }
    let prompts = raw.prompts.into_inner().into_iter().map(Spanned::into_inner).collect();
    Some(Task { name: name.to_owned(), prompts, attachments, graders: all })
}

fn parsed<T: DeserializeOwned>(problems: &mut Problems<'_>) -> Option<T> {
    match toml::from_str(problems.text) {
        Ok(raw) => Some(raw),
        Err(error) => {
            let at = error.span().map(|s| s.start).unwrap_or_default();
            problems.at(at, error.message());
            None
        }
    }
}
