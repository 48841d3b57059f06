//! Suites: tasks, prompts and graders.

mod files;
mod grader;
mod graders;
mod problems;
mod raw;
mod read;
mod values;

use headgate_statistics::Rule;

pub use files::{Files, FilesError, MAX_BYTES};
pub use grader::{Check, Grader};
pub use problems::{Problem, SuiteError};

/// A suite that was read and is valid.
#[derive(Debug, Clone, PartialEq)]
pub struct Suite {
    /// Name: 1 to 64 lowercase letters, digits and `-`.
    pub name: String,
    /// Family of tasks. Models have a standing for each family.
    pub family: String,
    /// Description in one line.
    pub description: String,
    /// SHA-256 of all files of the suite, which is its version.
    pub digest: String,
    /// System prompt for the generator.
    pub system: Option<String>,
    /// System prompt for the verifier, in a pair of generator and verifier.
    pub verifier: Option<String>,
    /// Which part of a reply is the answer.
    pub answer: Answer,
    /// Number of cases for each prompt and candidate, unless the request sets another.
    pub repeats: u32,
    /// Maximum number of tokens in a reply.
    pub output_tokens: u32,
    /// Sampling temperature; `None` for the model's default.
    pub temperature: Option<f64>,
    /// Timeout of a call, in seconds.
    pub timeout_seconds: u32,
    /// The rule for comparisons.
    pub rule: Rule,
    /// The tasks, in order of their names.
    pub tasks: Vec<Task>,
}

/// One task, in several wordings.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// Name of the task: its file name without `.toml`.
    pub name: String,
    /// Paraphrases of the task. Each one is a separate case.
    pub prompts: Vec<String>,
    /// Data that is sent with every prompt.
    pub attachments: Vec<Attachment>,
    /// The suite's graders, plus those that the task adds or overrides, minus those in `without`.
    pub graders: Vec<Grader>,
}

/// Data of a task. Models get it quoted as data; graders get the plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Path of the file in the suite.
    pub name: String,
    /// Text of the file.
    pub text: String,
}

/// Which part of a reply is graded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The first fenced block, or the whole reply if it has no fence.
    #[default]
    Fence,
    /// The whole reply.
    Whole,
}

impl Suite {
    /// The task with this name.
    #[must_use]
    pub fn task(&self, name: &str) -> Option<&Task> {
        self.tasks.iter().find(|t| t.name == name)
    }

    /// Names of the judges (graders that ask a model).
    #[must_use]
    pub fn judges(&self) -> Vec<String> {
        let graders = self.tasks.iter().flat_map(|t| &t.graders);
        let judges: std::collections::BTreeSet<_> =
            graders.filter(|g| !g.check.is_mechanical()).map(|g| g.name.clone()).collect();
        judges.into_iter().collect()
    }

    /// Number of prompts of all tasks together: the cases of one candidate in one repeat.
    #[must_use]
    pub fn prompts(&self) -> usize {
        self.tasks.iter().map(|t| t.prompts.len()).sum()
    }
}
