//! `/v1/evaluations`: evaluations of models.

use headgate_events::latest::EvalRequested;
use headgate_suites::report::Report;
use headgate_suites::{CaseRecord, Evidence, RunHead};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Requests an evaluation. The rest of the body is the `data` of `eval.requested`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvaluateRequest {
    /// Id of the run: 1 to 64 characters of a-z, 0-9 and -; random if absent. Sending the same request with
    /// the same id again does not start another run.
    #[serde(default)]
    pub run_id: Option<String>,
    /// The request.
    #[serde(flatten)]
    pub requested: EvalRequested,
}

/// The request was published. The run checks it against the suite, and shows whether it was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Requested {
    /// Id of the run.
    pub run_id: String,
    /// Id of the event.
    pub event_id: String,
}

/// A page of evaluations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evaluations {
    /// The evaluations, newest first.
    pub evaluations: Vec<RunHead>,
    /// The `cursor` of the next page; `null` on the last page.
    pub next_cursor: Option<String>,
}

/// The progress of an evaluation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Progress {
    /// The evaluation.
    pub evaluation: RunHead,
    /// Number of cases that it has in total.
    pub cases: u32,
}

/// A page of cases that have ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cases {
    /// The cases.
    pub cases: Vec<CaseRecord>,
    /// The `cursor` of the next page; `null` on the last page.
    pub next_cursor: Option<String>,
}

/// A case with its prompts and replies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Case {
    /// The case.
    pub case: CaseRecord,
    /// Prompts and replies; `null` if there are none or they have expired.
    pub evidence: Option<Evidence>,
}

/// The report of an evaluation. While the evaluation runs, it covers the cases that have ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reported {
    /// The evaluation.
    pub evaluation: RunHead,
    /// Rates with confidence limits, comparisons with conclusions, and missing cases.
    pub report: Report,
}
