//! The evidence of a case: prompts and replies, for people.

use headgate_suites::Text;
use headgate_suites::prompt::Ask;
use serde::Serialize;

/// One call with its prompt and reply. It never contains a key.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Exchange {
    /// Role of the call: `generator`, `verifier`, `revision`, or the name of a judge.
    pub(super) part: String,
    pub(super) model: String,
    pub(super) asked: Ask,
    /// The reply; `None` if the call failed.
    pub(super) replied: Option<Text>,
    /// The error, if the call failed.
    pub(super) error: Option<String>,
}

/// The evidence document of a case.
#[derive(Debug, Serialize)]
pub(super) struct Page<'a> {
    pub(super) run_id: &'a str,
    pub(super) case: &'a headgate_suites::CaseId,
    pub(super) suite: &'a str,
    pub(super) result: &'a headgate_suites::CaseOutcome,
    pub(super) exchanges: &'a [Exchange],
}
