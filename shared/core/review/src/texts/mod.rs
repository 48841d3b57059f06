//! Secrets, and instructions to reviewers, in the texts of a plan and its dossier. `texts.rego` makes findings of them.

mod named;
mod patterns;
mod strings;

use std::collections::BTreeMap;

use headgate_domain::plan::Plan;
use headgate_domain::text::{is_invisible, one_line};
use headgate_events::{Finding, Severity};
use serde::Serialize;
use serde_json::Value;

pub(crate) use patterns::Patterns;
use patterns::{Known, Shown};
use strings::Place;

use crate::evidence::EvidenceText;
use crate::subject::Subject;

/// Longest passage that is shown, in bytes, and how many characters of it are before the match.
const PASSAGE: (usize, usize) = (160, 40);
/// Characters of a secret that are shown, so that people find it.
const START: usize = 4;

/// Something that a text must not contain.
#[derive(Debug, Serialize)]
struct Found {
    rule: String,
    severity: Severity,
    address: String,
    message: String,
    fix: String,
}

/// What is found, at most once for each rule, place and pattern.
type All = BTreeMap<(String, String, String), Found>;

/// Everything that is found in texts that people and models read, and nothing runs.
pub(crate) fn in_evidence(patterns: &Patterns, pieces: &[EvidenceText]) -> Vec<Finding> {
    let mut all = All::new();
    strings::evidence(pieces, &mut |place, text| search(patterns, place, text, &mut all));
    let finding = |found: Found| {
        let Found { rule, severity, address: resource, message, fix } = found;
        Finding { rule, severity, resource, message, fix }
    };
    all.into_values().map(finding).collect()
}

/// Everything that is found in the texts of a plan and its proposal.
pub(crate) fn find(patterns: &Patterns, subject: &Subject<'_>, plan: &Plan) -> Value {
    let mut all = All::new();
    strings::all(subject, plan, &mut |place, text| search(patterns, place, text, &mut all));
    // Lists of names and values, such as the environment of a build.
    for change in plan.resource_changes.iter().filter(|change| change.has_effect()) {
        let mut found = Vec::new();
        pairs(&change.change.after, &mut found, false);
        for (name, value) in found {
            let found = Found {
                rule: "secrets.literal".to_owned(),
                severity: Severity::Error,
                address: change.address.clone(),
                message: format!("{} gives {name} its value: {}", change.address, start(&value, 0)),
                fix: FIX.to_owned(),
            };
            let key = (found.rule.clone(), found.address.clone(), name);
            all.entry(key).or_insert(found);
        }
    }
    serde_json::to_value(all.into_values().collect::<Vec<_>>()).unwrap_or_default()
}

/// Searches one text.
fn search(patterns: &Patterns, place: Place<'_>, text: &str, all: &mut All) {
    for (known, range) in patterns.found(text) {
        // Nobody runs what is only read.
        if place.evidence && known.rule.starts_with("execution.") {
            continue;
        }
        let shown = match known.shown {
            Shown::Start => start(text, range.start),
            Shown::Passage => passage(text, range.start),
        };
        let key = (known.rule.clone(), place.address.to_owned(), known.name.clone());
        all.entry(key).or_insert_with(|| told(place, known, &shown));
    }
    // A name is read like words: `ignore_all_previous_instructions`.
    if let Some(words) = words(text) {
        for (known, range) in patterns.found(&words) {
            if known.shown == Shown::Passage && !known.rule.starts_with("execution.") {
                let key = (known.rule.clone(), place.address.to_owned(), known.name.clone());
                all.entry(key).or_insert_with(|| told(place, known, &passage(&words, range.start)));
            }
        }
    }
    for found in
        [literal(place, text), hidden(place, text), mixed(place, text)].into_iter().flatten()
    {
        let key = (found.rule.clone(), found.address.clone(), at(place));
        all.entry(key).or_insert(found);
    }
    let pairs = if place.evidence { Vec::new() } else { environment(text) };
    for (name, value) in pairs {
        let found = Found {
            rule: "secrets.literal".to_owned(),
            severity: Severity::Error,
            address: place.address.to_owned(),
            message: format!("{} gives {name} its value: {}", at(place), start(&value, 0)),
            fix: FIX.to_owned(),
        };
        let key = (found.rule.clone(), found.address.clone(), format!("{}.{name}", at(place)));
        all.entry(key).or_insert(found);
    }
}

fn told(place: Place<'_>, known: &Known, shown: &str) -> Found {
    Found {
        rule: known.rule.clone(),
        severity: known.severity,
        address: place.address.to_owned(),
        message: format!("{} contains {}: {shown}", at(place), known.name),
        fix: known.fix.clone(),
    }
}

/// A text without spaces as words, if it has several: they are told apart by `_`, `-` or `.`. `None` for anything else.
fn words(text: &str) -> Option<String> {
    let separates = |c: char| matches!(c, '_' | '-' | '.');
    let several = text.len() <= LONGEST_NAME && text.chars().filter(|c| separates(*c)).count() > 1;
    (several && !text.contains(char::is_whitespace)).then(|| text.replace(separates, " "))
}

/// Longest name that is read as words, in bytes.
const LONGEST_NAME: usize = 300;

/// Words with letters of two alphabets that look alike: people and models read another word than a search does.
fn mixed(place: Place<'_>, text: &str) -> Option<Found> {
    if place.binary || text.is_ascii() {
        return None;
    }
    let is_mixed = |word: &&str| {
        word.chars().any(|c| c.is_ascii_alphabetic())
            && word.chars().any(|c| matches!(c, '\u{400}'..='\u{52f}'))
    };
    let word = text.split(|c: char| !c.is_alphabetic()).find(is_mixed)?;
    Some(Found {
        rule: "injection.hidden_characters".to_owned(),
        severity: Severity::Error,
        address: place.address.to_owned(),
        message: format!(
            "{} has a word with letters of two alphabets: {}",
            at(place),
            passage(word, 0)
        ),
        fix: "write the word in one alphabet".to_owned(),
    })
}

const FIX: &str =
    "store it in AWS Secrets Manager and refer to its ARN, or let AWS manage the password";

/// A value that is written into the configuration under the name of a secret. Names of environment variables count wherever the value is from:
/// everybody who may read the function or the task reads it.
fn literal(place: Place<'_>, text: &str) -> Option<Found> {
    let name = place.path.last()?;
    let environment = place.path.iter().any(|part| matches!(&**part, "environment" | "variables"));
    let default = place.address.contains("var.") && name == "default";
    let name = if default { place.address } else { name };
    let counts = place.written || environment && place.path.len() > 1;
    if place.name || !counts || !named::is_secret(name) || !named::is_value(name, text) {
        return None;
    }
    Some(Found {
        rule: "secrets.literal".to_owned(),
        severity: Severity::Error,
        address: place.address.to_owned(),
        message: format!("{} is a literal: {}", at(place), start(text, 0)),
        fix: FIX.to_owned(),
    })
}

/// Environment variables in a document in JSON, such as a container definition: objects with a name and a value.
fn environment(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let json = text.trim_start().starts_with(['[', '{']);
    if json && let Ok(document) = serde_json::from_str::<Value>(text) {
        pairs(&document, &mut found, true);
    }
    found
}

/// Types of environment variables of a build whose value is the name of a secret.
const ELSEWHERE: [&str; 2] = ["PARAMETER_STORE", "SECRETS_MANAGER"];

/// Names and values of secrets in a document. `in_text` says whether it was a text in the plan: then members count, too, which are attributes
/// otherwise.
fn pairs(document: &Value, found: &mut Vec<(String, String)>, in_text: bool) {
    match document {
        Value::Array(items) => items.iter().for_each(|item| pairs(item, found, in_text)),
        Value::Object(members) => {
            let text = |name: &str| members.get(name).and_then(Value::as_str);
            if let (Some(name), Some(value)) = (text("name"), text("value"))
                && named::is_secret(name)
                && named::is_value(name, value)
                && text("type").is_none_or(|kind| !ELSEWHERE.contains(&kind))
            {
                found.push((name.to_owned(), value.to_owned()));
            }
            for (name, member) in members {
                match member {
                    Value::String(value)
                        if in_text && named::is_secret(name) && named::is_value(name, value) =>
                    {
                        found.push((name.clone(), value.clone()));
                    }
                    _ => pairs(member, found, in_text),
                }
            }
        }
        _ => {}
    }
}

/// Characters that people do not see, but that models read: direction marks, tags, and spaces without width. Emoji are joined by one of them, and
/// files may begin with another.
fn hidden(place: Place<'_>, text: &str) -> Option<Found> {
    if place.binary {
        return None;
    }
    let mut before = None;
    let found = text.chars().enumerate().find(|(at, c)| {
        let harmless = match c {
            '\u{200d}' => before.is_some_and(|b: char| !b.is_alphanumeric()),
            '\u{feff}' => *at == 0,
            c => !is_invisible(*c),
        };
        before = Some(*c);
        !harmless
    });
    let (after, character) = found?;
    Some(Found {
        rule: "injection.hidden_characters".to_owned(),
        severity: Severity::Error,
        address: place.address.to_owned(),
        message: format!(
            "{} has a character that nobody sees (U+{:04X}, after {after} characters)",
            at(place),
            u32::from(character)
        ),
        fix: "remove it".to_owned(),
    })
}

/// Address and path, as people read them.
fn at(place: Place<'_>) -> String {
    match place.path {
        [] => place.address.to_owned(),
        path => format!("{}.{}", place.address, path.join(".")),
    }
}

fn start(text: &str, from: usize) -> String {
    let shown: String = text.get(from..).unwrap_or_default().chars().take(START).collect();
    format!("\"{}…\"", one_line(&shown, text.len()))
}

fn passage(text: &str, from: usize) -> String {
    let (longest, before) = PASSAGE;
    let head: Vec<char> = text.get(..from).unwrap_or_default().chars().rev().take(before).collect();
    let tail = text.get(from..).unwrap_or_default().chars().take(longest - before);
    let shown: String = head.into_iter().rev().chain(tail).collect();
    format!("\"{}\"", one_line(&shown, longest))
}
