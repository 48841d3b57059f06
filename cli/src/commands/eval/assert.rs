//! Whether a run passes, for CI.

use headgate_api_types::evaluations::Reported;
use headgate_suites::RunStatus;
use headgate_suites::report::{ComparisonReport, Conclusion};

use super::{refused, text};
use crate::fail::Failure;

/// Minimum share of planned cases with a pair, in percent, for a comparison to pass.
const PAIRED: u64 = 90;

/// Fails with the reasons if the run does not pass.
pub(super) fn assert(shown: &Reported, allow_underpowered: bool) -> Result<(), Failure> {
    let head = &shown.evaluation;
    if head.status == RunStatus::Running {
        return Err(Failure::Unavailable(format!(
            "{} is still running: {} of {} cases have ended; try again later",
            head.run_id,
            head.counts.ended(),
            head.cases()
        )));
    }
    refused(head)?;
    if head.status == RunStatus::Failed {
        return Err(Failure::Refused(format!("no case of {} was graded", head.run_id)));
    }
    let comparisons = &shown.report.comparisons;
    if comparisons.is_empty() {
        return Err(Failure::Refused(
            "the run has no baseline to compare with; run it again with --baseline NAME".to_owned(),
        ));
    }
    let failed: Vec<_> =
        comparisons.iter().filter_map(|c| objection(c, allow_underpowered)).collect();
    if failed.is_empty() { Ok(()) } else { Err(Failure::Refused(failed.join("; "))) }
}

/// The reason why a comparison does not pass, if it does not.
pub(super) fn objection(c: &ComparisonReport, allow_underpowered: bool) -> Option<String> {
    let planned = c.pairs + c.unpaired;
    match c.conclusion {
        Conclusion::Regressed | Conclusion::Incomparable => Some(text::sentence(c)),
        Conclusion::Underpowered if !allow_underpowered => Some(text::sentence(c)),
        _ if 100 * c.pairs < PAIRED * planned => Some(format!(
            "{} against {}: only {} of {planned} cases have a pair, but {PAIRED} % are required, because \
             unanswered cases may be the hard ones",
            c.candidate, c.baseline, c.pairs
        )),
        Conclusion::Underpowered | Conclusion::Improved | Conclusion::NoWorse => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{ComparisonReport, objection};
    use serde_json::json;

    fn comparison(conclusion: &str, pairs: u64, unpaired: u64) -> ComparisonReport {
        serde_json::from_value(json!({
            "candidate": "small", "baseline": "strong", "conclusion": conclusion, "more_repeats": null,
            "pairs": pairs, "unpaired": unpaired, "lost": 0, "won": 0, "difference": null, "p": null,
            "adjusted_p": null, "score_difference": null, "score_p": null, "flip_rate": null,
        }))
        .unwrap()
    }

    #[test]
    fn what_passes_and_what_does_not() {
        let fails = |c: &ComparisonReport, allow| objection(c, allow).is_some();
        for (conclusion, strictly, leniently) in [
            ("regressed", true, true),
            ("incomparable", true, true),
            ("underpowered", true, false),
            ("no_worse", false, false),
            ("improved", false, false),
        ] {
            let c = comparison(conclusion, 100, 0);
            assert_eq!((fails(&c, false), fails(&c, true)), (strictly, leniently), "{conclusion}");
        }
    }

    #[test]
    fn many_cases_without_a_pair_are_no_pass() {
        assert!(objection(&comparison("no_worse", 90, 10), false).is_none());
        let said = objection(&comparison("no_worse", 89, 11), true).unwrap();
        let text = "small against strong: only 89 of 100 cases have a pair, but 90 % are required";
        assert!(said.starts_with(text), "{said}");
    }
}
