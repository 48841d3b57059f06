//! Checks that do not parse the answer: substrings, regular expressions and limits.

use regex::{Regex, RegexBuilder};

use super::Scored;

pub(super) fn contains(answer: &str, all: &[String], none: &[String]) -> Scored {
    let answer = answer.to_lowercase();
    let has = |text: &&String| answer.contains(&text.to_lowercase());
    let missing = all.iter().filter(|t| !has(t)).map(|t| format!("`{t}` is missing"));
    let unwanted = none.iter().filter(has).map(|t| format!("`{t}` must not appear"));
    Scored::unless(missing.chain(unwanted).collect())
}

/// Compiles a pattern of a suite, or says why it does not compile.
pub(crate) fn compile(pattern: &str) -> Result<Regex, String> {
    RegexBuilder::new(pattern).size_limit(1 << 20).build().map_err(|e| e.to_string())
}

pub(super) fn matches(answer: &str, pattern: &str) -> Result<Scored, String> {
    let regex = compile(pattern)?;
    Ok(match regex.find(answer) {
        Some(found) => Scored { score: 1.0, evidence: found.as_str().to_owned() },
        None => Scored::none(format!("nothing matches `{pattern}`")),
    })
}

pub(super) fn length(answer: &str, most: u64) -> Scored {
    let characters = answer.chars().count() as u64;
    let wrong =
        (characters > most).then(|| format!("{characters} characters; at most {most} are allowed"));
    Scored::unless(wrong.into_iter().collect())
}

pub(super) fn at_most(value: f64, most: f64, unit: &str) -> Scored {
    let wrong = (value > most).then(|| format!("{value} {unit}; at most {most} are allowed"));
    Scored::unless(wrong.into_iter().collect())
}
