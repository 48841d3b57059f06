//! Patterns that texts are searched for: the files `texts/*.json` of a bundle.

use std::sync::OnceLock;

use headgate_events::Severity;
use regex::bytes::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use serde::Deserialize;

/// One file: the patterns of one rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Id of the rule.
    rule: String,
    severity: Severity,
    /// What to do about it.
    fix: String,
    shown: Shown,
    patterns: Vec<Pattern>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pattern {
    /// What the pattern finds, such as "a private key".
    name: String,
    /// A regular expression. Its classes are those of ASCII.
    pattern: String,
    /// Where the format is documented.
    source: String,
}

/// How much of a match a finding repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Shown {
    /// The first four characters. The rest is a secret.
    Start,
    /// All of it, with some text around it.
    Passage,
}

/// A pattern with what a finding says about it.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) rule: String,
    pub(super) severity: Severity,
    pub(super) fix: String,
    pub(super) shown: Shown,
    pub(super) name: String,
    pattern: String,
    /// The pattern alone, compiled when a text matches it for the first time.
    alone: OnceLock<Option<Regex>>,
}

/// The patterns of a bundle.
#[derive(Debug, Clone, Default)]
pub(crate) struct Patterns {
    known: Vec<Known>,
    all: RegexSet,
}

impl Patterns {
    /// Adds a file.
    ///
    /// # Errors
    /// A message that says what is wrong, and where.
    pub(crate) fn add(&mut self, text: &str) -> Result<(), String> {
        let file: File = serde_json::from_str(text).map_err(|e| e.to_string())?;
        for Pattern { name, pattern, source } in file.patterns {
            if name.trim().is_empty() || source.trim().is_empty() {
                return Err(format!("the pattern {pattern} needs a name and a source"));
            }
            let (rule, fix) = (file.rule.clone(), file.fix.clone());
            let (severity, shown) = (file.severity, file.shown);
            self.known.push(Known {
                rule,
                severity,
                fix,
                shown,
                name,
                pattern,
                alone: OnceLock::new(),
            });
        }
        Ok(())
    }

    /// Compiles all patterns together.
    ///
    /// # Errors
    /// A message that says what is wrong, and where.
    pub(crate) fn compiled(mut self) -> Result<Self, String> {
        let all = self.known.iter().map(|known| known.pattern.as_str());
        self.all = RegexSetBuilder::new(all).unicode(false).build().map_err(|e| e.to_string())?;
        Ok(self)
    }

    /// Each pattern that a text matches, and where it first does.
    pub(super) fn found<'a, 't>(
        &'a self,
        text: &'t str,
    ) -> impl Iterator<Item = (&'a Known, std::ops::Range<usize>)> + use<'a, 't> {
        let matched = self.all.matches(text.as_bytes());
        matched.into_iter().filter_map(move |at| {
            let known = self.known.get(at)?;
            let alone = || RegexBuilder::new(&known.pattern).unicode(false).build().ok();
            let alone = known.alone.get_or_init(alone).as_ref()?;
            let mut found = alone.find_iter(text.as_bytes()).map(|found| found.range());
            let real = found.find(|range| !is_harmless(text, range))?;
            Some((known, real))
        })
    }
}

/// Whether a match is no secret: documentation spells its keys so, a database of tests is on the same machine, and lists have pages.
fn is_harmless(text: &str, range: &std::ops::Range<usize>) -> bool {
    let found = text_at(text, range);
    let before = text.get(..range.start).unwrap_or_default();
    let of_page = found.starts_with("token") && before.trim_end_matches('_').ends_with("page");
    of_page || ["EXAMPLE", "@localhost", "@127.0.0.1"].iter().any(|end| found.ends_with(end))
}

fn text_at<'t>(text: &'t str, range: &std::ops::Range<usize>) -> &'t str {
    text.get(range.clone()).unwrap_or_default()
}
