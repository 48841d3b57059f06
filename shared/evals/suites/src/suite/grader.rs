//! Graders: how an answer is graded.

use serde_json::Value;

/// One grader of one task.
#[derive(Debug, Clone, PartialEq)]
pub struct Grader {
    /// Name of the grader: by default its kind. If a suite has two of one kind, one needs another name.
    pub name: String,
    /// Weight in the score of the case.
    pub weight: f64,
    /// Whether a case can pass only if this grader passes.
    pub required: bool,
    /// The minimum score to pass, from 0 to 1.
    pub at_least: f64,
    /// What the grader checks.
    pub check: Check,
}

/// What a grader checks.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// The answer is HCL.
    HclParses,
    /// The answer is indented and aligned as `terraform fmt` does.
    HclFormatted,
    /// The answer names this region and no other.
    Region(String),
    /// No policy in the answer allows `*`, or all actions of a service.
    NoWildcards,
    /// Every resource that can have tags has these tags.
    RequiredTags(Vec<String>),
    /// A Rego policy: `package grader` with `score` (0 to 1) and, optionally, `evidence` (a set of texts).
    /// Its input has `answer`; `hcl` and `json`, which are null if the answer does not parse; `attachments`
    /// by name; and `data`.
    Rego {
        /// Path of the policy's file.
        file: String,
        /// Text of the policy.
        policy: String,
        /// The task's `data` for the policy.
        data: Value,
    },
    /// The answer contains all texts of one list and none of another. Case does not matter.
    Contains {
        /// Texts that must appear.
        all: Vec<String>,
        /// Texts that must not appear.
        none: Vec<String>,
    },
    /// A regular expression matches somewhere in the answer.
    Regex(String),
    /// The answer is JSON that this schema accepts.
    JsonSchema(Value),
    /// Maximum number of characters in the answer.
    Length(u64),
    /// Maximum duration of all calls of the case together, in seconds.
    Latency(f64),
    /// Maximum cost of all calls of the case together, in US dollars.
    Cost(f64),
    /// A model grades the answer against a rubric.
    Judge {
        /// Name of the model in the deployment.
        model: String,
        /// Text of the rubric.
        rubric: String,
    },
}

impl Check {
    /// Whether the check is done by rules, without a model.
    #[must_use]
    pub fn is_mechanical(&self) -> bool {
        !matches!(self, Self::Judge { .. })
    }
}
