//! What was asked and answered, for people.

use headgate_suites::Text;
use headgate_suites::prompt::Ask;
use serde::Serialize;

/// One call, as it is kept. Keys are nowhere near it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Exchange {
    /// Whose part: `generator`, `verifier`, `revision`, or the name of a judge.
    pub(super) part: String,
    pub(super) model: String,
    pub(super) asked: Ask,
    /// Nothing, if there was none.
    pub(super) replied: Option<Text>,
    /// Why there was none.
    pub(super) error: Option<String>,
}

/// The page of a case.
#[derive(Debug, Serialize)]
pub(super) struct Page<'a> {
    pub(super) run_id: &'a str,
    pub(super) case: &'a headgate_suites::CaseId,
    pub(super) suite: &'a str,
    pub(super) result: &'a headgate_suites::CaseOutcome,
    pub(super) exchanges: &'a [Exchange],
}
