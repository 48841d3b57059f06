//! Tables of rules, the files `data/*.json` of a bundle: which attribute of which resource type must have which value.
//! `attributes.rego` judges plans by them.

use std::collections::BTreeMap;

use headgate_events::Severity;
use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Absent {
    Passes,
    Fails,
    /// Fails if the block around it exists.
    FailsInBlock,
}

/// A row as `attributes.rego` reads it.
#[derive(Debug, Serialize)]
struct Judge<'a> {
    rule: &'a str,
    severity: Severity,
    path: Vec<&'a str>,
    must: &'a Must,
    absent: Absent,
    reference: bool,
    when: Vec<When<'a>>,
    classes: &'a [String],
    fix: &'a str,
}

#[derive(Debug, Serialize)]
struct When<'a> {
    path: Vec<&'a str>,
    be: &'a [serde_json::Value],
}

/// The tables of a bundle.
#[derive(Debug, Default)]
pub(crate) struct Tables(Vec<Table>);

impl Tables {
    /// Adds a file.
    ///
    /// # Errors
    /// A message that says what is wrong, and where.
    pub(crate) fn add(&mut self, text: &str) -> Result<(), String> {
        let table: Table = serde_json::from_str(text).map_err(|e| e.to_string())?;
        for row in &table.rows {
            row.check().map_err(|e| format!("the row for {}: {e}", row.path))?;
        }
        self.0.push(table);
        Ok(())
    }

    /// Our rules, each with a name of it in another tool.
    pub(crate) fn sources(&self) -> impl Iterator<Item = (&str, &str)> {
        let rows = self.0.iter().flat_map(|t| t.rows.iter().map(move |row| (t, row)));
        rows.flat_map(|(t, row)| row.source.iter().map(|name| (t.rule.as_str(), name.as_str())))
    }

    /// The document `data.tables`: rows by resource type.
    pub(crate) fn document(&self) -> serde_json::Value {
        let mut by_type: BTreeMap<&str, Vec<Judge<'_>>> = BTreeMap::new();
        for (table, row) in self.0.iter().flat_map(|t| t.rows.iter().map(move |r| (t, r))) {
            for kind in &row.types {
                by_type.entry(kind).or_default().push(row.judge(table));
            }
        }
        serde_json::json!({ "by_type": by_type })
    }
}

impl Row {
    fn check(&self) -> Result<(), String> {
        if self.types.is_empty() || self.source.is_empty() || self.fix.trim().is_empty() {
            return Err("it needs types, a fix and a source".to_owned());
        }
        if self.paths().any(|path| path.split('.').any(str::is_empty)) {
            return Err("its path has an empty name".to_owned());
        }
        if let Must::Match(pattern) | Must::NotMatch(pattern) = &self.must {
            regex::Regex::new(pattern).map_err(|e| e.to_string())?;
        }
        match &self.must {
            Must::Exist(false) => Err("`exist` can only be true".to_owned()),
            Must::Be(values) | Must::NotBe(values) if values.is_empty() => {
                Err("it lists no value".to_owned())
            }
            _ => Ok(()),
        }
    }

    /// Its own path, and those of its conditions.
    fn paths(&self) -> impl Iterator<Item = &String> {
        self.when.keys().chain([&self.path])
    }

    fn judge<'a>(&'a self, table: &'a Table) -> Judge<'a> {
        let forbids = matches!(self.must, Must::NotBe(_) | Must::NotMatch(_));
        let when = self.when.iter();
        Judge {
            rule: &table.rule,
            severity: self.severity.unwrap_or(table.severity),
            path: self.path.split('.').collect(),
            must: &self.must,
            absent: self.absent.unwrap_or(if forbids { Absent::Passes } else { Absent::Fails }),
            reference: self.reference,
            when: when.map(|(path, be)| When { path: path.split('.').collect(), be }).collect(),
            classes: &self.classes,
            fix: &self.fix,
        }
    }
}
