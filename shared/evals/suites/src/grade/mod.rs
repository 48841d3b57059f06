//! Grades answers. An answer is data: it is parsed and inspected, never run.

mod format;
mod hcl;
pub(crate) mod policy;
pub(crate) mod schema;
mod terraform;
pub(crate) mod text;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use headgate_events::evaluation::Grade;

use crate::reply::Reply;
use crate::suite::{Check, Grader, Task};

/// Maximum length of the evidence that is kept, in bytes.
const EVIDENCE: usize = 2_000;

/// A grader failed. That says nothing about the answer, so the case has no score.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("grader `{grader}`: {problem}")]
pub struct GraderFailure {
    /// Name of the grader.
    pub grader: String,
    /// Why it failed.
    pub problem: String,
}

/// A score with its evidence, before it is compared with the threshold.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scored {
    pub(crate) score: f64,
    pub(crate) evidence: String,
}

impl Scored {
    /// 1 if the list is empty, else 0 with the list as evidence.
    pub(crate) fn unless(wrong: Vec<String>) -> Self {
        let score = if wrong.is_empty() { 1.0 } else { 0.0 };
        Self { score, evidence: wrong.join("\n") }
    }

    pub(crate) fn none(evidence: impl Into<String>) -> Self {
        Self { score: 0.0, evidence: evidence.into() }
    }
}

impl Grader {
    /// Makes a grade from a score. The grade passes if the score is at least `at_least`.
    #[must_use]
    pub fn grade(&self, score: f64, evidence: &str) -> Grade {
        let evidence = evidence.get(..evidence.floor_char_boundary(EVIDENCE)).unwrap_or_default();
        Grade {
            grader: self.name.clone(),
            score,
            // Tolerates rounding errors in computed scores.
            passed: score >= self.at_least - 1e-9,
            evidence: evidence.to_owned(),
        }
    }
}

/// Grades a reply with all mechanical graders of a task, in their order. Skips judges (models that grade).
///
/// # Errors
/// The first [`GraderFailure`]; a grader that panics counts as failed.
pub fn grade(task: &Task, reply: &Reply<'_>) -> Result<Vec<Grade>, GraderFailure> {
    let parsed = unwound(|| Ok(hcl::Parsed::of(reply.answer)));
    let parsed = parsed.map_err(|problem| GraderFailure { grader: "hcl".to_owned(), problem })?;
    let seen = Seen { task, reply, hcl: parsed };
    let mechanical = task.graders.iter().filter(|g| g.check.is_mechanical());
    mechanical.map(|grader| one(grader, &seen)).collect()
}

/// The input of the graders.
struct Seen<'a> {
    task: &'a Task,
    reply: &'a Reply<'a>,
    hcl: hcl::Parsed,
}

fn one(grader: &Grader, seen: &Seen<'_>) -> Result<Grade, GraderFailure> {
    let failed = |problem: String| GraderFailure { grader: grader.name.clone(), problem };
    let scored = unwound(|| scored(&grader.check, seen)).map_err(failed)?;
    if !(0.0..=1.0).contains(&scored.score) {
        return Err(failed(format!("its score is {}, not from 0 to 1", scored.score)));
    }
    Ok(grader.grade(scored.score, &scored.evidence))
}

fn scored(check: &Check, seen: &Seen<'_>) -> Result<Scored, String> {
    let Seen { task, reply, hcl } = seen;
    Ok(match check {
        Check::HclParses => hcl.parses(),
        Check::HclFormatted => hcl.then(|_| Scored::unless(format::faults(reply.answer))),
        Check::Region(region) => hcl.then(|body| terraform::region(body, region)),
        Check::NoWildcards => hcl.then(terraform::no_wildcards),
        Check::RequiredTags(tags) => hcl.then(|body| terraform::required_tags(body, tags)),
        Check::Rego { file, policy, data } => {
            let input = policy::input(reply.answer, &task.attachments, data);
            policy::score(file, policy, input)?
        }
        Check::Contains { all, none } => text::contains(reply.answer, all, none),
        Check::Regex(pattern) => text::matches(reply.answer, pattern)?,
        Check::JsonSchema(schema) => schema::accepts(reply.answer, schema)?,
        Check::Length(most) => text::length(reply.answer, *most),
        Check::Latency(most) => text::at_most(reply.seconds, *most, "s"),
        Check::Cost(most) => text::at_most(reply.usd, *most, "USD"),
        Check::Judge { .. } => return Err("a judge is not a mechanical grader".to_owned()),
    })
}

/// Turns a panic into an error, so that a grader that panics affects only its own case.
fn unwound<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let caught = catch_unwind(AssertUnwindSafe(work));
    caught.unwrap_or_else(|panic| Err(format!("panicked: {}", said(&*panic))))
}

fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use super::unwound;

    #[test]
    fn a_panic_is_a_failure_with_its_words() {
        assert_eq!(unwound(|| Ok(1)), Ok(1));
        assert_eq!(unwound::<()>(|| panic!("no {}", 1)), Err("panicked: no 1".to_owned()));
        assert_eq!(unwound::<()>(|| panic!("no")), Err("panicked: no".to_owned()));
    }
}
