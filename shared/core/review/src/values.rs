//! Files with values of variables (`terraform plan -var-file`): what a proposal says that the plan was made with, held against the plan.
//!
//! The command line reads a `.tfvars` file and submits its values as JSON. Nothing has to believe it: a value that the plan does not have
//! is a finding, and Terraform has converted and validated those that it has.

use std::collections::{BTreeMap, BTreeSet};

use headgate_domain::plan::{Plan, values};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Most bytes of the values of a file.
const MAX_BYTES: usize = 1024 * 1024;
/// Most JSON values in a file.
const MAX_VALUES: usize = 20_000;
/// Most such files of a proposal.
const MAX_FILES: usize = 20;

/// The values of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValuesFile {
    /// Name of the file, as it was given to `-var-file`.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Its values by name of the variable.
    pub values: BTreeMap<String, Value>,
}

/// Why values cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ValuesError {
    /// Not JSON of this shape. The reason is not told: it may quote a value.
    #[error("the values of variables cannot be read (line {line}, column {column})")]
    Shape {
        /// Line of the text, from 1.
        line: usize,
        /// Column of that line.
        column: usize,
    },
    /// Too many bytes.
    #[error(
        "the values of a file have more than {MAX_BYTES} bytes, or {MAX_VALUES} values; keep large values out of it"
    )]
    Large,
    /// Too many files.
    #[error("a proposal has at most {MAX_FILES} files with values of variables")]
    Many,
}

impl ValuesFile {
    /// Reads the values of a file.
    ///
    /// # Errors
    /// [`ValuesError`].
    pub fn parse(json: &[u8]) -> Result<Self, ValuesError> {
        // Before anything is parsed: the parser would take the memory first.
        if json.len() > MAX_BYTES || values(json) > MAX_VALUES {
            return Err(ValuesError::Large);
        }
        serde_json::from_slice(json)
            .map_err(|e| ValuesError::Shape { line: e.line(), column: e.column() })
    }

    /// Fails if a proposal has too many files.
    ///
    /// # Errors
    /// [`ValuesError::Many`].
    pub fn few(files: &[Self]) -> Result<(), ValuesError> {
        if files.len() > MAX_FILES { Err(ValuesError::Many) } else { Ok(()) }
    }
}

/// What the rules see. Values are not among it: they may be secrets.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Compared<'a> {
    /// Variables that the plan does not have.
    unknown: Vec<Given<'a>>,
    /// Variables that have another value in the plan.
    differs: Vec<Given<'a>>,
    /// Variables of the plan with a value that is neither their default nor in a file. Empty if there are no files.
    elsewhere: Vec<&'a str>,
}

/// A variable that a file gives a value.
#[derive(Debug, Serialize)]
struct Given<'a> {
    file: &'a str,
    name: &'a str,
}

/// Holds files against a plan. Of several files with one variable, the last one counts, as in Terraform.
pub(crate) fn compared<'a>(files: &'a [ValuesFile], plan: &'a Plan) -> Compared<'a> {
    let none = Map::new();
    let planned = plan.variables.as_object().unwrap_or(&none);
    let value = |name: &str| planned.get(name).map(|v| v.get("value").unwrap_or(&Value::Null));
    let mut given: BTreeMap<&str, (&str, &Value)> = BTreeMap::new();
    for file in files {
        let values = file.values.iter();
        given.extend(values.map(|(name, value)| (name.as_str(), (file.file.as_str(), value))));
    }
    let variables = plan.config.variables.iter();
    let declared: BTreeSet<_> = variables.filter_map(|v| v.address.strip_prefix("var.")).collect();
    let mut compared = Compared::default();
    for (name, (file, given)) in &given {
        match value(name) {
            // A plan leaves out the values of ephemeral variables, but not the variables.
            None if declared.contains(name) => {}
            None => compared.unknown.push(Given { file, name }),
            Some(planned) if same(given, planned) => {}
            Some(_) => compared.differs.push(Given { file, name }),
        }
    }
    if files.is_empty() {
        return compared;
    }
    for variable in &plan.config.variables {
        // Those of modules get their values from the configuration.
        let Some(name) = variable.address.strip_prefix("var.") else { continue };
        let default = |value: &&Value| !same(&variable.default, value);
        if value(name).filter(default).is_some() && !given.contains_key(name) {
            compared.elsewhere.push(name);
        }
    }
    compared
}

/// Whether a value of a file is the one in the plan. Terraform stores what it was given. Where it converts
/// (<https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion>), numbers and truth values are texts or back, and
/// optional attributes that nobody gave are null.
fn same(given: &Value, planned: &Value) -> bool {
    match (given, planned) {
        (Value::Array(given), Value::Array(planned)) => {
            given.len() == planned.len() && given.iter().zip(planned).all(|(g, p)| same(g, p))
        }
        (Value::Object(given), Value::Object(planned)) => {
            given.iter().all(|(name, value)| planned.get(name).is_some_and(|p| same(value, p)))
                && planned.iter().all(|(name, value)| value.is_null() || given.contains_key(name))
        }
        (Value::Number(_), Value::Number(_)) => same_number(given, planned),
        (Value::String(text), other @ (Value::Number(_) | Value::Bool(_)))
        | (other @ (Value::Number(_) | Value::Bool(_)), Value::String(text)) => {
            serde_json::from_str(text).is_ok_and(|read: Value| same_number(&read, other))
        }
        (given, planned) => given == planned,
    }
}

/// Whole numbers are compared exactly, and others as far as a double can tell.
fn same_number(one: &Value, other: &Value) -> bool {
    let whole = |value: &Value| value.is_u64() || value.is_i64();
    if whole(one) && whole(other) {
        return one == other;
    }
    one == other || one.as_f64().is_some_and(|one| other.as_f64() == Some(one))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use headgate_domain::plan::Plan;
    use serde_json::json;

    use super::{ValuesError, ValuesFile, compared, same};

    #[test]
    fn converted_values_are_the_same() {
        for (given, planned) in [
            (json!("5"), json!(5)),
            (json!(5), json!("5")),
            (json!(5), json!(5.0)),
            (json!(true), json!("true")),
            (json!(null), json!(null)),
            (json!({ "a": 1 }), json!({ "a": "1", "optional": null })),
        ] {
            assert!(same(&given, &planned), "{given} {planned}");
        }
        for (given, planned) in [
            (json!("5"), json!(6)),
            (json!("true"), json!(false)),
            (json!(null), json!("")),
            (json!(["b", "a"]), json!(["a", "b"])),
            (
                json!({ "office": "10.0.0.0/8" }),
                json!({ "office": "10.0.0.0/8", "world": "0.0.0.0/0" }),
            ),
            (json!(9_007_199_254_740_992_u64), json!(9_007_199_254_740_993_u64)),
            (json!(["a"]), json!(["a", "b"])),
            (json!({ "a": 1, "b": 2 }), json!({ "a": 1 })),
            (json!("[1]"), json!([1])),
        ] {
            assert!(!same(&given, &planned), "{given} {planned}");
        }
    }

    #[test]
    fn values_are_held_against_the_plan_and_not_repeated() {
        let file = |name: &str, values: serde_json::Value| {
            let file = json!({ "file": name, "sha256": "0", "values": values });
            ValuesFile::parse(file.to_string().as_bytes()).unwrap()
        };
        let plan = json!({
            "format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": [],
            "variables": {
                "size": { "value": "small" }, "count": { "value": 2 }, "kept": { "value": [1] },
                "other": { "value": "x" },
            },
            "configuration": { "root_module": { "variables": {
                "size": {}, "count": {}, "ephemeral": {}, "kept": { "default": [1] }, "other": { "default": "y" },
            } } },
        });
        let plan = Plan::parse(plan.to_string().as_bytes()).unwrap();
        let files = [
            file(
                "a.tfvars",
                json!({ "size": "small", "count": 3, "typo": "hush-hush", "ephemeral": 1 }),
            ),
            file("b.tfvars", json!({ "size": "large", "count": 2 })),
        ];
        let found = serde_json::to_value(compared(&files, &plan)).unwrap();
        let expected = json!({
            "unknown": [{ "file": "a.tfvars", "name": "typo" }],
            "differs": [{ "file": "b.tfvars", "name": "size" }],
            "elsewhere": ["other"],
        });
        assert_eq!(found, expected);
        let found = serde_json::to_value(compared(&[], &plan)).unwrap();
        assert_eq!(found, json!({ "unknown": [], "differs": [], "elsewhere": [] }));
    }

    #[test]
    fn what_is_no_file_of_values_is_refused_and_not_quoted() {
        assert!(ValuesFile::parse(br#"{"file":"a","sha256":"0","values":{},"x":1}"#).is_err());
        let deep = format!(r#"{{"file":"a","sha256":"0","values":{{"a":{}}}}}"#, "[".repeat(5_000));
        assert!(ValuesFile::parse(deep.as_bytes()).is_err());
        let quoted = ValuesFile::parse(br#"{"file":"a","sha256":"0","values":"hunter2"}"#);
        assert!(!quoted.unwrap_err().to_string().contains("hunter2"));
        let many =
            format!(r#"{{"file":"a","sha256":"0","values":{{"a":[{}0]}}}}"#, "0,".repeat(20_000));
        assert!(matches!(ValuesFile::parse(many.as_bytes()), Err(ValuesError::Large)));
    }

    /// Each level of a list must be looked at once.
    #[test]
    fn deep_values_are_compared_at_once() {
        let deep = |inner: &str| {
            serde_json::from_str(&format!("{}{inner}{}", "[".repeat(100), "]".repeat(100))).unwrap()
        };
        assert!(!same(&deep("1"), &deep("2")));
        assert!(same(&deep("1"), &deep("1")));
    }
}
