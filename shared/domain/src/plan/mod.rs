//! What a Terraform plan does, read from `terraform show -json`
//! (<https://developer.hashicorp.com/terraform/internals/json-format>).

mod config;
mod hash;
mod summary;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use config::ConfigResource;
pub use summary::Summary;

/// A plan, as far as a review needs it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// Version of the format.
    pub format_version: String,
    /// Version of Terraform or OpenTofu that made it.
    pub terraform_version: String,
    /// What happens to each resource, ordered by address.
    pub resource_changes: Vec<ResourceChange>,
    /// What happens to each output.
    pub output_changes: Value,
    /// Every resource block of the configuration, child modules included.
    pub config: Vec<ConfigResource>,
}

/// What happens to one resource.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResourceChange {
    /// Full address, such as `module.queue.aws_sqs_queue.this["a"]`.
    pub address: String,
    /// `managed` or `data`.
    #[serde(default)]
    pub mode: String,
    /// Resource type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Name of the block.
    #[serde(default)]
    pub name: String,
    /// Provider address.
    #[serde(default)]
    pub provider_name: String,
    /// Key of a deposed object, where one is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deposed: Option<String>,
    /// The change itself.
    pub change: Change,
}

/// Before, after and what is done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// `no-op`, `create`, `read`, `update`, `delete`, or a pair that replaces.
    pub actions: Vec<String>,
    /// Values before; null if the object is new.
    #[serde(default)]
    pub before: Value,
    /// Values after, as far as they are known; null if it is deleted.
    #[serde(default)]
    pub after: Value,
    /// The same shape, `true` where the value is known only after the apply.
    #[serde(default)]
    pub after_unknown: Value,
    /// Attribute paths that force a replacement.
    #[serde(default)]
    pub replace_paths: Value,
    /// Set where the object is imported.
    #[serde(default)]
    pub importing: Value,
}

/// Why bytes are not a plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// Not JSON, or JSON of another shape.
    #[error(
        "not the output of `terraform show -json PLANFILE` (line {line}, column {column}); \
         upload that, not the plan file or the state"
    )]
    NotAPlan {
        /// Line of the text, from 1.
        line: usize,
        /// Column of that line.
        column: usize,
    },
    /// The format is newer than this build knows.
    #[error("plan format {0} is unknown; this build reads 0.1 to 1.x")]
    UnknownFormat(String),
    /// The plan did not finish.
    #[error("the plan ended with an error; fix it and plan again")]
    Errored,
}

#[derive(Deserialize)]
struct Raw {
    format_version: String,
    #[serde(default)]
    terraform_version: String,
    // A plan always has `planned_values`; a state has `values` instead.
    #[serde(rename = "planned_values")]
    _planned_values: Value,
    #[serde(default)]
    resource_changes: Vec<ResourceChange>,
    #[serde(default)]
    output_changes: Value,
    #[serde(default)]
    configuration: Value,
    #[serde(default)]
    errored: bool,
}

impl Plan {
    /// Reads the output of `terraform show -json`.
    ///
    /// # Errors
    /// [`PlanError`]; never panics.
    pub fn parse(bytes: &[u8]) -> Result<Self, PlanError> {
        let raw: Raw = serde_json::from_slice(bytes)
            .map_err(|e| PlanError::NotAPlan { line: e.line(), column: e.column() })?;
        match raw.format_version.split_once('.').map_or(&*raw.format_version, |(major, _)| major) {
            "0" | "1" => {}
            _ => return Err(PlanError::UnknownFormat(raw.format_version)),
        }
        if raw.errored {
            return Err(PlanError::Errored);
        }
        let mut resource_changes = raw.resource_changes;
        resource_changes.sort_by(|a, b| (&a.address, &a.deposed).cmp(&(&b.address, &b.deposed)));
        Ok(Self {
            format_version: raw.format_version,
            terraform_version: raw.terraform_version,
            resource_changes,
            output_changes: raw.output_changes,
            config: config::flatten(&raw.configuration),
        })
    }
}
