//! Files that people write. Every problem of a file is reported, not only the first.

use std::path::Path;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::fail::Failure;

/// Problems of the inputs of a command.
#[derive(Debug, Default)]
pub(crate) struct Problems(Vec<String>);

impl Problems {
    /// The value, or nothing and one more problem.
    pub(crate) fn keep<T>(&mut self, result: Result<T, Failure>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(failure) => {
                self.0.push(failure.message());
                None
            }
        }
    }

    /// The value if there was no problem, otherwise all problems.
    pub(crate) fn none<T>(self, value: Option<T>) -> Result<T, Failure> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(Failure::Usage(self.0.join("\n"))),
        }
    }
}

/// Parses a JSON file. The error names all members that are missing, unknown or not valid.
pub(crate) fn json<T: DeserializeOwned + JsonSchema>(
    path: &Path,
    bytes: &[u8],
) -> Result<T, Failure> {
    let file = path.display();
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|e| Failure::Usage(format!("{file}: not valid JSON: {e}")))?;
    let schema = schemars::schema_for!(T).to_value();
    let validator = jsonschema::validator_for(&schema).map_err(Failure::usage)?;
    let problems: Vec<_> = validator
        .iter_errors(&value)
        .map(|error| match error.instance_path().to_string() {
            place if place.is_empty() => format!("{file}: {error}"),
            place => format!("{file}: {place}: {error}"),
        })
        .collect();
    if !problems.is_empty() {
        return Err(Failure::Usage(problems.join("\n")));
    }
    // From the bytes, because a member that occurs twice is an error only there.
    serde_json::from_slice(bytes).map_err(|e| Failure::Usage(format!("{file}: {e}")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[derive(Debug, serde::Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Note {
        why: String,
        cents: Option<i64>,
    }

    #[test]
    fn every_problem_of_a_file_is_reported() {
        let bytes = br#"{"cents": "many", "owner": "dana"}"#;
        let said = json::<Note>(Path::new("note.json"), bytes).unwrap_err().message();
        assert_eq!(said.lines().count(), 3, "{said}");
        for part in ["note.json: /cents: ", "\"why\" is a required", "'owner' was unexpected"] {
            assert!(said.contains(part), "missing {part} in {said}");
        }
        assert!(json::<Note>(Path::new("note.json"), br#"{"why": "a queue"}"#).is_ok());
        let twice = br#"{"why": "a queue", "why": "a topic"}"#;
        let said = json::<Note>(Path::new("note.json"), twice).unwrap_err().message();
        assert!(said.contains("duplicate field `why`"), "{said}");
    }

    #[test]
    fn problems_of_several_files_are_reported_together() {
        let mut problems = Problems::default();
        assert_eq!(problems.keep(Ok(1)), Some(1));
        assert_eq!(problems.keep::<u8>(Err(Failure::usage("a"))), None);
        assert_eq!(problems.keep::<u8>(Err(Failure::usage("b"))), None);
        assert_eq!(problems.none(Some(1)).unwrap_err().message(), "a\nb");
    }
}
