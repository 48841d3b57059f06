//! Reads `[[graders]]`. Each must have the settings of its kind and no others.

use std::ops::Range;

use serde_json::Value;
use toml::Spanned;

use super::Files;
use super::grader::{Check, Grader};
use super::problems::Problems;
use super::raw::{Kind, RawGrader};
use super::values::{is_name, number, ranged};
use crate::grade::{policy, schema, text};

pub(super) fn graders(
    raw: &[Spanned<RawGrader>],
    files: &Files,
    problems: &mut Problems<'_>,
) -> Vec<Grader> {
    let mut all: Vec<Grader> = Vec::new();
    for one in raw {
        let Some(grader) = grader(one.get_ref(), files, problems) else { continue };
        if all.iter().any(|g| g.name == grader.name) {
            let name = &grader.name;
            let message =
                format!("another grader is already named `{name}`; give this one another `name`");
            problems.at(one.span().start, message);
        }
        all.push(grader);
    }
    all
}

fn grader(raw: &RawGrader, files: &Files, problems: &mut Problems<'_>) -> Option<Grader> {
    let (kind, has) = raw.kind.get_ref().settings();
    for (name, place) in written(raw) {
        if let Some(place) = place.filter(|_| !has.contains(&name)) {
            let message = format!("the grader `{kind}` has no setting `{name}`; remove it");
            problems.at(place.start, message);
        }
    }
    let check = check(raw, files, problems)?;
    let name = raw.name.as_ref().map_or(kind, |n| n.get_ref().as_str()).to_owned();
    if let Some(given) = raw.name.as_ref().filter(|n| !is_name(n.get_ref())) {
        problems.at(given.span().start, "`name` must be 1 to 64 lowercase letters, digits and `-`");
    }
    Some(Grader {
        name,
        weight: number(problems, raw.weight.as_ref(), "weight", 1.0, (0.0, 1_000.0)),
        required: raw.required.unwrap_or(true),
        at_least: number(problems, raw.at_least.as_ref(), "at_least", 1.0, (0.0, 1.0)),
        check,
    })
}

/// Every setting that only some kinds have, and its position if it is given.
fn written(raw: &RawGrader) -> [(&'static str, Option<Range<usize>>); 13] {
    fn place<T>(value: Option<&Spanned<T>>) -> Option<Range<usize>> {
        value.map(Spanned::span)
    }
    [
        ("region", place(raw.region.as_ref())),
        ("tags", place(raw.tags.as_ref())),
        ("policy", place(raw.policy.as_ref())),
        ("data", place(raw.data.as_ref())),
        ("all", place(raw.all.as_ref())),
        ("none", place(raw.none.as_ref())),
        ("pattern", place(raw.pattern.as_ref())),
        ("schema", place(raw.schema.as_ref())),
        ("characters", place(raw.characters.as_ref())),
        ("seconds", place(raw.seconds.as_ref())),
        ("usd", place(raw.usd.as_ref())),
        ("model", place(raw.model.as_ref())),
        ("rubric", place(raw.rubric.as_ref())),
    ]
}

fn check(raw: &RawGrader, files: &Files, problems: &mut Problems<'_>) -> Option<Check> {
    Some(match raw.kind.get_ref() {
        Kind::HclParses => Check::HclParses,
        Kind::HclFormatted => Check::HclFormatted,
        Kind::NoWildcards => Check::NoWildcards,
        Kind::Region => Check::Region(value(raw, raw.region.as_ref(), "region", problems)?),
        Kind::RequiredTags => Check::RequiredTags(value(raw, raw.tags.as_ref(), "tags", problems)?),
        Kind::Length => Check::Length(value(raw, raw.characters.as_ref(), "characters", problems)?),
        Kind::Latency => {
            let seconds = needed(raw, raw.seconds.as_ref(), "seconds", problems)?;
            Check::Latency(ranged(problems, seconds, "seconds", (0.0, 3_600.0)))
        }
        Kind::Cost => {
            let usd = needed(raw, raw.usd.as_ref(), "usd", problems)?;
            Check::Cost(ranged(problems, usd, "usd", (0.0, 1_000.0)))
        }
        Kind::Contains => contains(raw, problems),
        Kind::Regex => regex(needed(raw, raw.pattern.as_ref(), "pattern", problems)?, problems),
        Kind::Rego => {
            let policy = needed(raw, raw.policy.as_ref(), "policy", problems)?;
            let data = raw.data.as_ref().map(|d| d.get_ref().clone()).unwrap_or_default();
            rego(policy, data, files, problems)?
        }
        Kind::JsonSchema => {
            json_schema(needed(raw, raw.schema.as_ref(), "schema", problems)?, files, problems)?
        }
        Kind::Judge => {
            let model = value(raw, raw.model.as_ref(), "model", problems);
            let rubric = needed(raw, raw.rubric.as_ref(), "rubric", problems);
            let rubric = rubric.and_then(|file| taken_from(files, file, problems));
            Check::Judge { model: model?, rubric: rubric? }
        }
    })
}

fn contains(raw: &RawGrader, problems: &mut Problems<'_>) -> Check {
    let list =
        |l: Option<&Spanned<Vec<String>>>| l.map(|l| l.get_ref().clone()).unwrap_or_default();
    let (all, none) = (list(raw.all.as_ref()), list(raw.none.as_ref()));
    if all.is_empty() && none.is_empty() {
        problems.at(raw.kind.span().start, "the grader `contains` needs `all` or `none`");
    }
    Check::Contains { all, none }
}

fn regex(pattern: &Spanned<String>, problems: &mut Problems<'_>) -> Check {
    if let Err(problem) = text::compile(pattern.get_ref()) {
        let message = format!("this is not a valid regular expression: {problem}");
        problems.at(pattern.span().start, message);
    }
    Check::Regex(pattern.get_ref().clone())
}

fn rego(
    file: &Spanned<String>,
    data: Value,
    files: &Files,
    problems: &mut Problems<'_>,
) -> Option<Check> {
    let policy = taken_from(files, file, problems)?;
    let name = file.get_ref();
    if let Err(problem) = policy::compile(name, &policy) {
        problems.at(file.span().start, format!("`{name}` does not compile: {problem}"));
    }
    Some(Check::Rego { file: name.clone(), policy, data })
}

fn json_schema(
    file: &Spanned<String>,
    files: &Files,
    problems: &mut Problems<'_>,
) -> Option<Check> {
    let text = taken_from(files, file, problems)?;
    let read = serde_json::from_str::<Value>(&text).map_err(|e| e.to_string());
    match read.and_then(|value| schema::compile(&value).map(|_| value)) {
        Ok(value) => Some(Check::JsonSchema(value)),
        Err(problem) => {
            let message = format!("`{}` is not a valid JSON Schema: {problem}", file.get_ref());
            problems.at(file.span().start, message);
            None
        }
    }
}

fn needed<'a, T>(
    raw: &RawGrader,
    value: Option<&'a Spanned<T>>,
    name: &str,
    problems: &mut Problems<'_>,
) -> Option<&'a Spanned<T>> {
    if value.is_none() {
        let (kind, _) = raw.kind.get_ref().settings();
        problems.at(raw.kind.span().start, format!("the grader `{kind}` needs `{name}`"));
    }
    value
}

fn value<T: Clone>(
    raw: &RawGrader,
    value: Option<&Spanned<T>>,
    name: &str,
    problems: &mut Problems<'_>,
) -> Option<T> {
    needed(raw, value, name, problems).map(|v| v.get_ref().clone())
}

/// The text of a file that a setting names. Reports a problem if there is no such file.
pub(super) fn taken_from(
    files: &Files,
    name: &Spanned<String>,
    problems: &mut Problems<'_>,
) -> Option<String> {
    let text = files.files.get(name.get_ref());
    if text.is_none() {
        let message = format!("there is no file `{}` in the suite's folder", name.get_ref());
        problems.at(name.span().start, message);
    }
    text.cloned()
}
