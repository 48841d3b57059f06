//! Reads typed configuration from environment variables.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

/// Reads variables and collects every problem, so that one run reports all of them.
#[derive(Debug, Default)]
pub struct Vars {
    values: BTreeMap<String, String>,
    problems: Vec<String>,
}

/// The configuration is not valid. The message lists every variable that is missing or not valid.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("configuration: {}", .problems.join("; "))]
pub struct ConfigError {
    /// One sentence for each variable.
    pub problems: Vec<String>,
}

impl Vars {
    /// Uses the environment of the process.
    #[must_use]
    pub fn from_env() -> Self {
        Self { values: std::env::vars().collect(), problems: Vec::new() }
    }

    /// Uses the given values; for tests.
    #[must_use]
    pub fn from_pairs(pairs: &[(&str, &str)]) -> Self {
        let values = pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Self { values, problems: Vec::new() }
    }

    /// Reads a required variable. If it is missing or empty, this returns the empty string, and
    /// [`Self::finish`] reports the problem.
    pub fn string(&mut self, name: &str) -> String {
        match self.optional(name) {
            Some(value) => value,
            None => {
                self.problems.push(format!("{name} is not set"));
                String::new()
            }
        }
    }

    /// Reads an optional variable; `None` if it is missing or empty.
    #[must_use]
    pub fn optional(&self, name: &str) -> Option<String> {
        self.values.get(name).filter(|v| !v.is_empty()).cloned()
    }

    /// Reads and parses a required variable. If it is missing or not valid, this returns `None`, and
    /// [`Self::finish`] reports the problem. A long value may be compressed: `gzip:` and the base64 of its
    /// gzip.
    pub fn parsed<T: FromStr<Err: Display>>(&mut self, name: &str) -> Option<T> {
        let text = self.string(name);
        if text.is_empty() {
            return None;
        }
        let parsed = crate::zipped::text(text)
            .and_then(|text| text.parse().map_err(|e: T::Err| e.to_string()));
        match parsed {
            Ok(value) => Some(value),
            Err(e) => {
                self.problems.push(format!("{name} is not valid: {e}"));
                None
            }
        }
    }

    /// Reads and parses an optional variable; `default` if it is missing or empty.
    pub fn parsed_or<T: FromStr<Err: Display>>(&mut self, name: &str, default: T) -> T {
        match self.optional(name) {
            Some(_) => self.parsed(name).unwrap_or(default),
            None => default,
        }
    }

    /// Returns the configuration if no variable was missing or not valid.
    ///
    /// # Errors
    /// [`ConfigError`] with every problem.
    pub fn finish<T>(self, config: Option<T>) -> Result<T, ConfigError> {
        match config {
            Some(config) if self.problems.is_empty() => Ok(config),
            _ => Err(ConfigError { problems: self.problems }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ConfigError, Vars};

    #[test]
    fn every_problem_is_reported_at_once() {
        let mut vars = Vars::from_pairs(&[("COUNT", "many"), ("EMPTY", ""), ("GOOD", "x")]);
        let good = vars.string("GOOD");
        let _ = vars.string("MISSING");
        let _ = vars.string("EMPTY");
        let count = vars.parsed::<u32>("COUNT");
        assert_eq!(good, "x");
        let config = vars.finish(count);
        assert_eq!(
            config,
            Err(ConfigError {
                problems: vec![
                    "MISSING is not set".into(),
                    "EMPTY is not set".into(),
                    "COUNT is not valid: invalid digit found in string".into(),
                ]
            })
        );
    }
}
