//! Tables of rules, the files `data/*.json` of a bundle: which attribute of which resource type must have which value.
//! `attributes.rego` reports what [`crate::builtins`] finds by them.

use std::collections::BTreeMap;
use std::sync::Arc;

use headgate_events::Severity;
use regex::Regex;
use regorus::Value;
use serde::{Deserialize, Serialize};

use crate::builtins::{self, Rows};

/// One file: the rows of one rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// Id of the rule.
    rule: String,
    /// Severity of its findings, unless a row has another.
    severity: Severity,
    rows: Vec<Row>,
}

/// What an attribute must be.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// Resource types that the row is about.
    types: Vec<String>,
    /// Names from the resource to the attribute, joined by dots. Lists on the way are searched whole.
    path: String,
    must: Must,
    /// Whether a missing value is as good as a right one. By default only if the row forbids values.
    #[serde(default)]
    absent: Option<Absent>,
    /// Whether the attribute names another resource. One of the same plan, whose name is only known after the apply, is as good as any.
    #[serde(default)]
    reference: bool,
    /// The row only counts if each of these attributes of the same resource has one of these values.
    #[serde(default)]
    when: BTreeMap<String, Vec<serde_json::Value>>,
    /// Classes of environments that the row is for; empty means all.
    #[serde(default)]
    classes: Vec<String>,
    #[serde(default)]
    severity: Option<Severity>,
    /// What to do about it.
    fix: String,
    /// Names of the same rule in other tools, or the page of the documentation that recommends it.
    source: Vec<String>,
}

/// A condition on a value.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Must {
    /// One of these values.
    Be(Vec<serde_json::Value>),
    /// None of these values.
    NotBe(Vec<serde_json::Value>),
    /// Any value, also one that is only known after the apply.
    Exist(bool),
    /// At least this number.
    AtLeast(i64),
    /// Text that this regular expression finds something in.
    Match(String),
    /// Text that this regular expression finds nothing in.
    NotMatch(String),
}

/// What a missing value means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Absent {
    Passes,
    Fails,
    /// Fails if the block around it exists.
    FailsInBlock,
}

/// A row as `attributes.rego` reads it.
#[derive(Debug, Serialize)]
struct Document<'a> {
    rule: &'a str,
    severity: Severity,
    path: Vec<&'a str>,
    must: &'a Must,
    reference: bool,
    fix: &'a str,
}

/// The tables of a bundle.
#[derive(Debug, Default)]
pub(crate) struct Tables(Vec<(Table, Vec<Arc<builtins::Must>>)>);

impl Tables {
    /// Adds a file.
    ///
    /// # Errors
    /// A message that says what is wrong, and where.
    pub(crate) fn add(&mut self, text: &str) -> Result<(), String> {
        let table: Table = serde_json::from_str(text).map_err(|e| e.to_string())?;
        let ready = |row: &Row| row.check().map_err(|e| format!("the row for {}: {e}", row.path));
        let musts = table.rows.iter().map(|row| ready(row).map(Arc::new));
        let musts = musts.collect::<Result<_, _>>()?;
        self.0.push((table, musts));
        Ok(())
    }

    /// Our rules, each with a name of it in another tool.
    pub(crate) fn sources(&self) -> impl Iterator<Item = (&str, &str)> {
        let rows = self.0.iter().flat_map(|(t, _)| t.rows.iter().map(move |row| (t, row)));
        rows.flat_map(|(t, row)| row.source.iter().map(|name| (t.rule.as_str(), name.as_str())))
    }

    /// The rows by resource type.
    pub(crate) fn rows(&self) -> Rows {
        let mut by_type: BTreeMap<String, Vec<builtins::Row>> = BTreeMap::new();
        for (table, musts) in &self.0 {
            for (row, must) in table.rows.iter().zip(musts) {
                for kind in &row.types {
                    by_type.entry(kind.clone()).or_default().push(row.ready(table, must));
                }
            }
        }
        Rows(Arc::new(by_type))
    }
}

impl Row {
    /// Checks the row, and returns its condition.
    fn check(&self) -> Result<builtins::Must, String> {
        if self.types.is_empty() || self.source.is_empty() || self.fix.trim().is_empty() {
            return Err("it needs types, a fix and a source".to_owned());
        }
        if self.paths().any(|path| path.split('.').any(str::is_empty)) {
            return Err("its path has an empty name".to_owned());
        }
        self.must.ready()
    }

    /// Its own path, and those of its conditions.
    fn paths(&self) -> impl Iterator<Item = &String> {
        self.when.keys().chain([&self.path])
    }

    fn ready(&self, table: &Table, must: &Arc<builtins::Must>) -> builtins::Row {
        let forbids = matches!(self.must, Must::NotBe(_) | Must::NotMatch(_));
        let document = Document {
            rule: &table.rule,
            severity: self.severity.unwrap_or(table.severity),
            path: self.path.split('.').collect(),
            must: &self.must,
            reference: self.reference,
            fix: &self.fix,
        };
        let when = self.when.iter();
        builtins::Row {
            document: Value::from(serde_json::to_value(document).unwrap_or_default()),
            path: steps(&self.path),
            must: must.clone(),
            absent: match self.absent {
                Some(Absent::Fails) => builtins::Absent::Fails,
                Some(Absent::FailsInBlock) => builtins::Absent::FailsInBlock,
                None if !forbids => builtins::Absent::Fails,
                Some(Absent::Passes) | None => builtins::Absent::Passes,
            },
            when: when.map(|(path, be)| (steps(path), values(be))).collect(),
            classes: self.classes.clone(),
        }
    }
}

impl Must {
    fn ready(&self) -> Result<builtins::Must, String> {
        let regex = |pattern: &str| Regex::new(pattern).map_err(|e| e.to_string());
        Ok(match self {
            Self::Exist(false) => return Err("`exist` can only be true".to_owned()),
            Self::Be(list) | Self::NotBe(list) if list.is_empty() => {
                return Err("it lists no value".to_owned());
            }
            Self::Be(be) => builtins::Must::Be(values(be)),
            Self::NotBe(be) => builtins::Must::NotBe(values(be)),
            Self::Exist(true) => builtins::Must::Exist,
            Self::AtLeast(least) => builtins::Must::AtLeast(Value::from(*least)),
            Self::Match(pattern) => builtins::Must::Match(regex(pattern)?),
            Self::NotMatch(pattern) => builtins::Must::NotMatch(regex(pattern)?),
        })
    }
}

fn steps(path: &str) -> Vec<Value> {
    path.split('.').map(Value::from).collect()
}

fn values(list: &[serde_json::Value]) -> Vec<Value> {
    list.iter().cloned().map(Value::from).collect()
}
