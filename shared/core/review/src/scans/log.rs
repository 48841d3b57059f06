//! The members of a SARIF log that a review needs (section numbers of SARIF 2.1.0: run 3.14, result 3.27, location 3.28). All others are ignored.

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub(super) struct Log {
    #[serde(default)]
    pub(super) version: String,
    #[serde(default)]
    pub(super) runs: Vec<Run>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Run {
    pub(super) tool: Tool,
    /// `null` or absent if the tool did not look for anything.
    #[serde(default)]
    pub(super) results: Option<Vec<Raw>>,
    #[serde(default)]
    pub(super) properties: Bound,
    #[serde(default)]
    pub(super) invocations: Vec<Invocation>,
    #[serde(default)]
    pub(super) external_property_file_references: Option<Value>,
}

#[derive(Deserialize)]
pub(super) struct Tool {
    pub(super) driver: Component,
    #[serde(default)]
    pub(super) extensions: Vec<Component>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Component {
    pub(super) name: String,
    #[serde(default)]
    pub(super) version: Option<String>,
    #[serde(default)]
    pub(super) semantic_version: Option<String>,
    #[serde(default)]
    pub(super) rules: Vec<Rule>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule {
    pub(super) id: String,
    #[serde(default)]
    pub(super) short_description: Text,
    #[serde(default)]
    pub(super) full_description: Text,
    #[serde(default)]
    pub(super) help_uri: String,
    #[serde(default)]
    pub(super) default_configuration: Configuration,
    #[serde(default)]
    pub(super) properties: Properties,
}

#[derive(Deserialize, Default)]
pub(super) struct Text {
    #[serde(default)]
    pub(super) text: String,
}

#[derive(Deserialize, Default)]
pub(super) struct Configuration {
    #[serde(default)]
    pub(super) level: Option<String>,
}

#[derive(Deserialize, Default)]
pub(super) struct Properties {
    #[serde(default, rename = "security-severity")]
    pub(super) security_severity: Value,
}

/// What the command line adds. No tool writes it, so a plan that a tool came across is not taken for the one that it scanned.
#[derive(Deserialize, Default)]
pub(super) struct Bound {
    #[serde(default, rename = "headgate/planSha256")]
    pub(super) plan: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation {
    #[serde(default)]
    pub(super) execution_successful: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Raw {
    #[serde(default)]
    pub(super) rule_id: Option<String>,
    #[serde(default)]
    pub(super) rule: Option<Named>,
    #[serde(default)]
    pub(super) rule_index: Option<i64>,
    #[serde(default)]
    pub(super) kind: Option<String>,
    #[serde(default)]
    pub(super) level: Option<String>,
    #[serde(default)]
    pub(super) message: Text,
    #[serde(default)]
    pub(super) locations: Vec<Location>,
    #[serde(default)]
    pub(super) suppressions: Option<Vec<Suppression>>,
    #[serde(default)]
    pub(super) baseline_state: Option<String>,
    #[serde(default)]
    pub(super) properties: Properties,
}

#[derive(Deserialize)]
pub(super) struct Named {
    #[serde(default)]
    pub(super) id: Option<String>,
    #[serde(default)]
    pub(super) index: Option<i64>,
}

#[derive(Deserialize)]
pub(super) struct Suppression {
    #[serde(default)]
    pub(super) justification: Option<String>,
    #[serde(default)]
    pub(super) status: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    #[serde(default)]
    pub(super) physical_location: Physical,
    #[serde(default)]
    pub(super) logical_locations: Vec<Logical>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct Physical {
    #[serde(default)]
    pub(super) artifact_location: Uri,
    #[serde(default)]
    pub(super) region: Region,
    #[serde(default)]
    pub(super) context_region: Region,
}

#[derive(Deserialize, Default)]
pub(super) struct Uri {
    #[serde(default)]
    pub(super) uri: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    #[serde(default)]
    pub(super) start_line: Option<u64>,
    #[serde(default)]
    pub(super) snippet: Text,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Logical {
    #[serde(default)]
    pub(super) name: Option<String>,
    #[serde(default)]
    pub(super) fully_qualified_name: Option<String>,
}
