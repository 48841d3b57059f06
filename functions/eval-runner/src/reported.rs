//! Checks external reports of cases against bounds, because the reports are counted, stored and shown to
//! users.

use headgate_outbox::Handled;
use headgate_suites::{CaseOutcome, CaseResult};

/// Maximum duration of a case, in seconds.
const MAX_SECONDS: f64 = 86_400.0;
/// Maximum number of calls and tokens of a case, and its maximum cost in millionths of a US dollar.
const MAX_CALLS: u32 = 1_000;
const MAX_TOKENS: u64 = 1_000_000_000;
const MAX_MICRO_USD: u64 = 1_000_000_000;
/// Maximum number of grades, and the maximum length of each of their texts in bytes.
const MAX_GRADES: usize = 50;
const MAX_TEXT: usize = 2_000;

/// Checks that the figures and texts are within the bounds of one case.
///
/// # Errors
/// Poison that names the first value out of bounds.
pub(crate) fn plausible(case: &CaseResult) -> Result<(), Handled> {
    let wrong = |what: &str| Err(Handled::poison("report_implausible", what.to_owned()));
    let usage = case.usage;
    if !(0.0..=MAX_SECONDS).contains(&usage.seconds) {
        return wrong("`usage.seconds` must be 0 to 86400");
    }
    let tokens = usage.input_tokens.max(usage.output_tokens);
    if usage.calls > MAX_CALLS || tokens > MAX_TOKENS || usage.micro_usd > MAX_MICRO_USD {
        return wrong("`usage` is more than one case can use");
    }
    let share = 0.0..=1.0;
    match &case.result {
        CaseOutcome::Graded { score, grades, .. } => {
            if !share.contains(score) || !grades.iter().all(|g| share.contains(&g.score)) {
                return wrong("every score must be from 0 to 1");
            }
            let long = |text: &String| text.len() > MAX_TEXT;
            if grades.len() > MAX_GRADES
                || grades.iter().any(|g| long(&g.grader) || long(&g.evidence))
            {
                return wrong(
                    "it has more than 50 grades, or a grade with a text longer than 2000 bytes",
                );
            }
        }
        CaseOutcome::Failed { code, reason } => {
            let good = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
            if !(1..=64).contains(&code.len()) || !code.bytes().all(good) {
                return wrong("`code` must be 1 to 64 characters: a-z, 0-9 and _");
            }
            if reason.len() > MAX_TEXT {
                return wrong("`reason` is longer than 2000 bytes");
            }
        }
        CaseOutcome::Skipped { .. } => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::plausible;
    use headgate_suites::{CaseId, CaseOutcome, CaseResult, Grade, Usage};

    fn case(result: CaseOutcome, usage: Usage) -> CaseResult {
        let (candidate, task) = ("ours".to_owned(), "bucket".to_owned());
        let case = CaseId { candidate, task, paraphrase: 0, repeat: 0 };
        CaseResult { case, result, usage, cut: false }
    }

    fn graded(score: f64, grade: f64, evidence: &str) -> CaseOutcome {
        let (grader, evidence) = ("length".to_owned(), evidence.to_owned());
        let grades = vec![Grade { grader, score: grade, passed: true, evidence }];
        CaseOutcome::Graded { score, passed: true, grades }
    }

    fn failed(code: &str, reason: &str) -> CaseOutcome {
        CaseOutcome::Failed { code: code.to_owned(), reason: reason.to_owned() }
    }

    fn said(result: CaseOutcome, usage: Usage) -> String {
        plausible(&case(result, usage)).err().map(|e| format!("{e:?}")).unwrap_or_default()
    }

    #[test]
    fn what_one_case_cannot_be_is_refused() {
        let none = Usage::default();
        for good in [graded(1.0, 0.0, "x"), failed("timed_out", "no answer")] {
            assert_eq!(said(good, none), "");
        }
        for (result, usage, why) in [
            (graded(1e200, 0.0, ""), none, "every score must be from 0 to 1"),
            (graded(f64::NAN, 0.0, ""), none, "every score must be from 0 to 1"),
            (graded(1.0, -1.0, ""), none, "every score must be from 0 to 1"),
            (graded(1.0, 1.0, &"x".repeat(2_001)), none, "longer than 2000 bytes"),
            (failed("\u{1b}[2J", ""), none, "`code` must be"),
            (failed("x", &"x".repeat(2_001)), none, "`reason` is longer"),
            (graded(1.0, 1.0, ""), Usage { seconds: f64::INFINITY, ..none }, "`usage.seconds`"),
            (graded(1.0, 1.0, ""), Usage { micro_usd: u64::MAX, ..none }, "more than one case"),
        ] {
            let said = said(result, usage);
            assert!(said.contains(why), "{why}: {said}");
        }
    }
}
