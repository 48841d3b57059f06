//! The words of evaluations: a case, how it ended, what it used.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Engagement that evaluations, and what follows from them, belong to: they have a timeline of their own.
pub const ENGAGEMENT: &str = "headgate.evaluations";

/// One question to one candidate, once. Names a case within its run.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct CaseId {
    /// Who is asked: `model`, or `generator+verifier`.
    pub candidate: String,
    /// What.
    pub task: String,
    /// In which wording, from 0.
    pub paraphrase: u32,
    /// For the how manieth time, from 0.
    pub repeat: u32,
}

impl std::fmt::Display for CaseId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { candidate, task, paraphrase, repeat } = self;
        write!(f, "{candidate}/{task}/{paraphrase}/{repeat}")
    }
}

/// What one grader says of one answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Grade {
    /// The grader.
    pub grader: String,
    /// 0 to 1.
    pub score: f64,
    /// Whether the score is high enough.
    pub passed: bool,
    /// What it saw.
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
    /// There is no answer, or none that could be graded. It counts neither for nor against anybody.
    Failed {
        /// Stable code.
        code: String,
        /// The reason.
        reason: String,
    },
    /// It was not asked.
    Skipped {
        /// Why not.
        why: Skip,
    },
}

/// Why a case was not asked.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Skip {
    /// Asking it might have cost more than what was left.
    Ceiling,
    /// The run's time was over.
    Deadline,
    /// Somebody stopped the run.
    Cancelled,
}

/// What a case used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Usage {
    /// Calls of models.
    pub calls: u32,
    /// Tokens that were sent.
    pub input_tokens: u64,
    /// Tokens that came back.
    pub output_tokens: u64,
    /// Cost, in millionths of a US dollar.
    pub micro_usd: u64,
    /// Seconds until the replies were there.
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
