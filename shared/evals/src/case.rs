//! One question to one candidate, once.

use serde::{Deserialize, Serialize};

use crate::candidate::Candidate;
use crate::grade::Grade;
use crate::suite::{Grader, Suite};

/// Most cases of a run.
pub const MAX_CASES: usize = 10_000;

/// Names a case within its run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CaseId {
    /// Who is asked.
    pub candidate: Candidate,
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

/// All cases of a run. Repeats are outermost and candidates innermost: a run that is cut short has asked all
/// candidates the same, and can still be compared.
pub fn cases<'a>(
    suite: &'a Suite,
    candidates: &'a [Candidate],
    repeats: u32,
) -> impl Iterator<Item = CaseId> + 'a {
    let prompts = suite.tasks.iter().flat_map(|task| {
        let paraphrases = u32::try_from(task.prompts.len()).unwrap_or(u32::MAX);
        (0..paraphrases).map(move |paraphrase| (task.name.as_str(), paraphrase))
    });
    (0..repeats).flat_map(move |repeat| {
        prompts.clone().flat_map(move |(task, paraphrase)| {
            candidates.iter().map(move |candidate| CaseId {
                candidate: candidate.clone(),
                task: task.to_owned(),
                paraphrase,
                repeat,
            })
        })
    })
}

/// How a case ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Skip {
    /// Asking it might have cost more than what was left.
    Ceiling,
    /// The run's time was over.
    Deadline,
    /// Somebody stopped the run.
    Cancelled,
}

impl Outcome {
    /// The outcome of an answer with these grades, one for each grader.
    #[must_use]
    pub fn of(graders: &[Grader], grades: Vec<Grade>) -> Self {
        let grade = |g: &Grader| grades.iter().find(|grade| grade.grader == g.name);
        let weight: f64 = graders.iter().map(|g| g.weight).sum();
        let scored = |g: &Grader| g.weight * grade(g).map_or(0.0, |grade| grade.score);
        // Where nothing has a weight, all weigh the same.
        let score = if weight > 0.0 {
            graders.iter().map(scored).sum::<f64>() / weight
        } else {
            let all: f64 = grades.iter().map(|g| g.score).sum();
            all / f64::from(u32::try_from(grades.len().max(1)).unwrap_or(u32::MAX))
        };
        let passed = graders
            .iter()
            .filter(|g| g.required)
            .all(|g| grade(g).is_some_and(|grade| grade.passed));
        Self::Graded { score, passed, grades }
    }
}

/// What a case used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
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
        self.calls += other.calls;
        self.input_tokens += other.input_tokens;
        self.output_tokens += other.output_tokens;
        self.micro_usd += other.micro_usd;
        self.seconds += other.seconds;
    }
}

/// A case that has ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseResult {
    /// Which.
    #[serde(flatten)]
    pub case: CaseId,
    /// How.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// What it used.
    pub usage: Usage,
    /// Whether a reply was longer than is kept.
    #[serde(default)]
    pub cut: bool,
}
