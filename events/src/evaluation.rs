//! Types that the evaluation events share: a case, its outcome and its usage.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Engagement of all evaluation events and of the events that follow from them. It gives them a timeline of
/// their own.
pub const ENGAGEMENT: &str = "headgate.evaluations";

/// Identifies a case within its run: one prompt, sent to one candidate once.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct CaseId {
    /// The candidate: `model` or `generator+verifier`.
    pub candidate: String,
    /// Name of the task.
    pub task: String,
    /// Index of the wording, starting at 0.
    pub paraphrase: u32,
    /// Repeat index, starting at 0.
    pub repeat: u32,
}

impl std::fmt::Display for CaseId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { candidate, task, paraphrase, repeat } = self;
        write!(f, "{candidate}/{task}/{paraphrase}/{repeat}")
    }
}

/// One grader's result for one answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Grade {
    /// Name of the grader.
    pub grader: String,
    /// Score from 0 to 1.
    pub score: f64,
    /// Whether the score is high enough to pass.
    pub passed: bool,
    /// What the grader based its score on.
    pub evidence: String,
}

/// How a case ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum CaseOutcome {
    /// The answer was graded.
    Graded {
        /// Weighted mean of the graders' scores.
        score: f64,
        /// Whether every required grader passed it.
        passed: bool,
        /// What each grader said.
        grades: Vec<Grade>,
    },
    /// There is no answer that could be graded. The case does not count for or against the candidate.
    Failed {
        /// Stable error code.
        code: String,
        /// Why the case failed.
        reason: String,
    },
    /// The case was not run.
    Skipped {
        /// Why it was not run.
        why: Skip,
    },
}

/// Why a case was not run.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Skip {
    /// It might have cost more than the rest of the budget.
    Ceiling,
    /// The run was past its deadline.
    Deadline,
    /// The run was cancelled.
    Cancelled,
}

/// What a case used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Usage {
    /// Number of model calls.
    pub calls: u32,
    /// Tokens sent to the models.
    pub input_tokens: u64,
    /// Tokens received from the models.
    pub output_tokens: u64,
    /// Cost, in millionths of a US dollar.
    pub micro_usd: u64,
    /// Seconds spent waiting for replies.
    pub seconds: f64,
}

impl std::ops::AddAssign for Usage {
    fn add_assign(&mut self, other: Self) {
        self.calls = self.calls.saturating_add(other.calls);
        self.input_tokens = self.input_tokens.saturating_add(other.input_tokens);
        self.output_tokens = self.output_tokens.saturating_add(other.output_tokens);
        self.micro_usd = self.micro_usd.saturating_add(other.micro_usd);
        self.seconds += other.seconds;
    }
}
