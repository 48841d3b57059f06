//! What is asked, and how answers are graded.

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

/// A suite that was read and found good.
#[derive(Debug, Clone, PartialEq)]
pub struct Suite {
    /// Name: small letters, digits, `-`.
    pub name: String,
    /// Family of tasks that standing is kept for.
    pub family: String,
    /// One line for people.
    pub description: String,
    /// SHA-256 of all its files: its version.
    pub digest: String,
    /// What the model is told before every prompt.
    pub system: Option<String>,
    /// What a verifier is told, in a pair of generator and verifier.
    pub verifier: Option<String>,
    /// Which part of a reply is the answer.
    pub answer: Answer,
    /// How often each prompt is asked, unless the request says otherwise.
    pub repeats: u32,
    /// Most tokens of a reply.
    pub output_tokens: u32,
    /// Sampling temperature; the model's own, if nothing.
    pub temperature: Option<f64>,
    /// Longest wait for a reply.
    pub timeout_seconds: u32,
    /// When a difference is one.
    pub rule: Rule,
    /// The tasks, by name.
    pub tasks: Vec<Task>,
}

/// One question, in several wordings.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// Name: that of its file.
    pub name: String,
    /// Paraphrases of the same question; each is a case.
    pub prompts: Vec<String>,
    /// Data that every prompt comes with.
    pub attachments: Vec<Attachment>,
    /// The suite's graders, with those that the task adds or has its own settings for.
    pub graders: Vec<Grader>,
}

/// Data of a task: quoted to the model as data, given to graders as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Name of the file.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Which part of a reply is graded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The first fenced block; all of it where there is no fence.
    #[default]
    Fence,
    /// All of it.
    Whole,
}

impl Suite {
    /// The task of that name.
    #[must_use]
    pub fn task(&self, name: &str) -> Option<&Task> {
        self.tasks.iter().find(|t| t.name == name)
    }

    /// Names of the graders that ask a model.
    #[must_use]
    pub fn judges(&self) -> Vec<String> {
        let graders = self.tasks.iter().flat_map(|t| &t.graders);
        let judges: std::collections::BTreeSet<_> =
            graders.filter(|g| !g.check.is_mechanical()).map(|g| g.name.clone()).collect();
        judges.into_iter().collect()
    }

    /// Cases that one model is asked in one repeat.
    #[must_use]
    pub fn prompts(&self) -> usize {
        self.tasks.iter().map(|t| t.prompts.len()).sum()
    }
}
