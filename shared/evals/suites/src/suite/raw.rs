//! The TOML files as written, with the position of every value.

use serde::Deserialize;
use serde_json::Value;
use toml::Spanned;

use super::Answer;

/// `suite.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSuite {
    pub(super) name: Spanned<String>,
    pub(super) family: Spanned<String>,
    #[serde(default)]
    pub(super) description: String,
    pub(super) system: Option<Spanned<String>>,
    pub(super) verifier: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) answer: Answer,
    pub(super) repeats: Option<Spanned<u32>>,
    pub(super) output_tokens: Option<Spanned<u32>>,
    pub(super) temperature: Option<Spanned<f64>>,
    pub(super) timeout_seconds: Option<Spanned<u32>>,
    #[serde(default)]
    pub(super) rule: RawRule,
    #[serde(default)]
    pub(super) graders: Vec<Spanned<RawGrader>>,
}

/// `[rule]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    pub(super) alpha: Option<Spanned<f64>>,
    pub(super) minimum: Option<Spanned<f64>>,
    pub(super) power: Option<Spanned<f64>>,
}

/// `tasks/<name>.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTask {
    pub(super) prompts: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    pub(super) attachments: Vec<Spanned<String>>,
    /// Names of the suite's graders that this task does not use.
    #[serde(default)]
    pub(super) without: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) graders: Vec<Spanned<RawGrader>>,
}

/// The kinds of graders.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    HclParses,
    HclFormatted,
    Region,
    NoWildcards,
    RequiredTags,
    Rego,
    Contains,
    Regex,
    JsonSchema,
    Length,
    Latency,
    Cost,
    Judge,
}

impl Kind {
    /// The name of the kind, and the settings that it has in addition to the common ones.
    pub(super) fn settings(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::HclParses => ("hcl_parses", &[]),
            Self::HclFormatted => ("hcl_formatted", &[]),
            Self::Region => ("region", &["region"]),
            Self::NoWildcards => ("no_wildcards", &[]),
            Self::RequiredTags => ("required_tags", &["tags"]),
            Self::Rego => ("rego", &["policy", "data"]),
            Self::Contains => ("contains", &["all", "none"]),
            Self::Regex => ("regex", &["pattern"]),
            Self::JsonSchema => ("json_schema", &["schema"]),
            Self::Length => ("length", &["characters"]),
            Self::Latency => ("latency", &["seconds"]),
            Self::Cost => ("cost", &["usd"]),
            Self::Judge => ("judge", &["model", "rubric"]),
        }
    }
}

/// `[[graders]]`: all settings of all kinds. Which settings a kind allows is checked later, so that a problem
/// can be reported with its line.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGrader {
    pub(super) kind: Spanned<Kind>,
    pub(super) name: Option<Spanned<String>>,
    pub(super) weight: Option<Spanned<f64>>,
    pub(super) required: Option<bool>,
    pub(super) at_least: Option<Spanned<f64>>,
    pub(super) region: Option<Spanned<String>>,
    pub(super) tags: Option<Spanned<Vec<String>>>,
    pub(super) policy: Option<Spanned<String>>,
    pub(super) data: Option<Spanned<Value>>,
    pub(super) all: Option<Spanned<Vec<String>>>,
    pub(super) none: Option<Spanned<Vec<String>>>,
    pub(super) pattern: Option<Spanned<String>>,
    pub(super) schema: Option<Spanned<String>>,
    pub(super) characters: Option<Spanned<u64>>,
    pub(super) seconds: Option<Spanned<f64>>,
    pub(super) usd: Option<Spanned<f64>>,
    pub(super) model: Option<Spanned<String>>,
    pub(super) rubric: Option<Spanned<String>>,
}
