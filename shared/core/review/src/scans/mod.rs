//! Results of other scanners, as SARIF 2.1.0
//! (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>): read, bound to the plan, and placed at its addresses.

mod blocks;
mod log;
mod place;
mod reports;
mod sarif;
mod stamp;
mod twice;

use headgate_events::Severity;
use serde::Serialize;

pub(crate) use place::Places;
pub use reports::{format_log, joined, to_sarif};
pub use stamp::stamp;
pub(crate) use twice::{Sources, once, plain};

/// Property of a run that names the plan that was scanned.
const PLAN: &str = "headgate/planSha256";
/// Most results of all logs of a change. A tool that finds more has to be told what not to look at.
const MAX_RESULTS: usize = 2_000;
/// Most runs of all logs of a change.
const MAX_RUNS: usize = 20;
/// Most JSON values of a log: 150 for each result.
const MAX_VALUES: usize = 300_000;
/// Most addresses of one result: blocks of a module that is called more often have the same fault.
const MAX_PLACES: usize = 5;

/// Why a log cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// It is not JSON, or has another form.
    #[error(
        "it is not a SARIF log, and no report of `terraform validate -json`, `terraform test -json` or JUnit either: {0}"
    )]
    Form(#[from] serde_json::Error),
    /// A report of a known kind that cannot be read to its end.
    #[error("it looks like a report of {0}, but cannot be read: {1}")]
    Report(&'static str, String),
    /// Another version of the format.
    #[error("it has version {0:?}, but only SARIF 2.1.0 is read")]
    Version(String),
    /// It has no run, so nothing was looked at.
    #[error("it has no run of a tool")]
    Empty,
    /// Its results are in other files.
    #[error(
        "its results are in other files (`externalPropertyFileReferences`); write them into the log"
    )]
    Elsewhere,
    /// It would take too much memory.
    #[error(
        "it has more than {MAX_VALUES} JSON values; leave out what passed, and rules without results"
    )]
    TooLarge,
    /// It was bound to another plan.
    #[error("it is about another plan, with the SHA-256 {0}; scan this one")]
    AnotherPlan(String),
    /// More runs than one change can have.
    #[error("there are more than {MAX_RUNS} runs of tools")]
    TooManyRuns,
    /// More results than one change can have.
    #[error("there are more than {MAX_RESULTS} results; exclude checks that nobody follows")]
    TooMany,
}

/// One run of a tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// Name of the tool in lower case, such as `checkov`, as far as it can be part of a rule's id.
    pub tool: String,
    /// Version of the tool; empty if it does not say.
    pub version: String,
    /// The identity that uploaded the log, such as `agents/ci`; `None` in an offline review.
    pub by: Option<String>,
    /// Whether that identity has a part in the change, as its proposer or in any other way that bars from voting.
    pub by_proposer: bool,
    /// SHA-256 of the log.
    pub sha256: String,
    /// Whether the log names the digest of the plan that is reviewed.
    pub of_this_plan: bool,
    /// Whether the tool came to its end.
    pub complete: bool,
    /// What it found.
    pub results: Vec<ScanResult>,
}

/// One result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanResult {
    rule: String,
    severity: Severity,
    message: String,
    fix: String,
    /// Why somebody accepted it in the sources. Empty if they gave no reason.
    suppressed: Option<String>,
    place: place::Place,
}

impl Scan {
    /// Reads a log. `plan_sha256` is the digest of the plan's JSON.
    ///
    /// # Errors
    /// [`ScanError`].
    pub fn parse(bytes: &[u8], plan_sha256: &str) -> Result<Vec<Self>, ScanError> {
        sarif::parse(bytes, plan_sha256)
    }

    /// Fails if these logs together have too many results.
    ///
    /// # Errors
    /// [`ScanError::TooMany`].
    pub fn few(scans: &[Self]) -> Result<(), ScanError> {
        if scans.len() > MAX_RUNS {
            return Err(ScanError::TooManyRuns);
        }
        let all: usize = scans.iter().map(|scan| scan.results.len()).sum();
        if all > MAX_RESULTS { Err(ScanError::TooMany) } else { Ok(()) }
    }

    /// Whether a result weighs as an error.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.results.iter().any(|result| result.severity == Severity::Error)
    }

    /// What the tool says, which a finding repeats.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.results.iter().flat_map(|result| {
            let suppressed = result.suppressed.as_deref().unwrap_or_default();
            [result.message.as_str(), result.fix.as_str(), suppressed]
        })
    }

    /// The tool as rules see it: `input.scans`.
    pub(crate) fn document(&self, places: &mut Places<'_>) -> Document<'_> {
        let results = self.results.iter().flat_map(|result| {
            places.addresses(&result.place).into_iter().map(|at| Placed {
                rule: &result.rule,
                severity: result.severity,
                resource: at,
                message: &result.message,
                fix: &result.fix,
                suppressed: result.suppressed.as_deref(),
            })
        });
        Document {
            tool: &self.tool,
            version: &self.version,
            by: self.by.as_deref(),
            by_proposer: self.by_proposer,
            of_this_plan: self.of_this_plan,
            complete: self.complete,
            results: results.collect(),
        }
    }
}

/// See [`Scan::document`].
#[derive(Serialize)]
pub(crate) struct Document<'a> {
    tool: &'a str,
    version: &'a str,
    by: Option<&'a str>,
    by_proposer: bool,
    of_this_plan: bool,
    complete: bool,
    results: Vec<Placed<'a>>,
}

/// A result at an address.
#[derive(Serialize)]
struct Placed<'a> {
    rule: &'a str,
    severity: Severity,
    resource: String,
    message: &'a str,
    fix: &'a str,
    suppressed: Option<&'a str>,
}
