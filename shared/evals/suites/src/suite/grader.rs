//! How an answer is graded.

use serde_json::Value;

/// One grader, as one task uses it.
#[derive(Debug, Clone, PartialEq)]
pub struct Grader {
    /// Name: that of its kind, unless a suite has two of a kind.
    pub name: String,
    /// Its part in the score of the case.
    pub weight: f64,
    /// Whether a case that fails it fails.
    pub required: bool,
    /// The score from which on it passes, 0 to 1.
    pub at_least: f64,
    /// What it looks at.
    pub check: Check,
}

/// What a grader looks at.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// The answer is HCL.
    HclParses,
    /// It is indented and aligned as `terraform fmt` would.
    HclFormatted,
    /// Providers and everything else are in that region.
    Region(String),
    /// No policy in it allows `*`.
    NoWildcards,
    /// Every resource that has tags has these.
    RequiredTags(Vec<String>),
    /// A Rego policy: `package grader` with `score` (0 to 1) and, if it likes, `evidence` (a set of texts).
    /// Its input has `answer`; `hcl` and `json`, null where the answer is none; `attachments` by name; and `data`.
    Rego {
        /// Name of its file.
        file: String,
        /// The policy.
        policy: String,
        /// What the task tells it.
        data: Value,
    },
    /// All of these texts are in it, and none of those; letter case does not matter.
    Contains {
        /// What must be there.
        all: Vec<String>,
        /// What must not.
        none: Vec<String>,
    },
    /// A regular expression finds something.
    Regex(String),
    /// It is JSON that a schema accepts.
    JsonSchema(Value),
    /// It has no more characters than this.
    Length(u64),
    /// The reply took no more seconds than this.
    Latency(f64),
    /// The case cost no more US dollars than this.
    Cost(f64),
    /// A model judges by a rubric.
    Judge {
        /// Its name in the deployment.
        model: String,
        /// What it judges by.
        rubric: String,
    },
}

impl Check {
    /// Whether its score follows from the answer alone, by rules.
    #[must_use]
    pub fn is_mechanical(&self) -> bool {
        !matches!(self, Self::Judge { .. })
    }
}
