//! The cases of a run, and the outcome that follows from their grades.

use headgate_events::evaluation::{CaseId, CaseOutcome, Grade, Usage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::candidate::Candidate;
use crate::suite::{Grader, Suite};

/// Maximum number of cases in a run.
pub const MAX_CASES: usize = 10_000;

/// A case that has ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CaseResult {
    /// Candidate, task, paraphrase and repeat.
    pub case: CaseId,
    /// How the case ended.
    pub result: CaseOutcome,
    /// Calls, tokens, cost and time of all calls of the case together.
    pub usage: Usage,
    /// Whether a reply was longer than [`MAX_REPLY`](crate::MAX_REPLY) and was cut.
    #[serde(default)]
    pub cut: bool,
}

/// All cases of a run. Repeats are the outermost loop and candidates the innermost: if a run is cut short,
/// all candidates have had the same cases and can still be compared.
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
                candidate: candidate.to_string(),
                task: task.to_owned(),
                paraphrase,
                repeat,
            })
        })
    })
}

/// The outcome of a case from its grades, one grade per grader.
#[must_use]
pub fn graded(graders: &[Grader], grades: Vec<Grade>) -> CaseOutcome {
    let grade = |g: &Grader| grades.iter().find(|grade| grade.grader == g.name);
    let weight: f64 = graders.iter().map(|g| g.weight).sum();
    let scored = |g: &Grader| g.weight * grade(g).map_or(0.0, |grade| grade.score);
    // If no grader has a weight, all grades count the same.
    let score = if weight > 0.0 {
        graders.iter().map(scored).sum::<f64>() / weight
    } else {
        let all: f64 = grades.iter().map(|g| g.score).sum();
        all / f64::from(u32::try_from(grades.len().max(1)).unwrap_or(u32::MAX))
    };
    let passed =
        graders.iter().filter(|g| g.required).all(|g| grade(g).is_some_and(|grade| grade.passed));
    CaseOutcome::Graded { score, passed, grades }
}
