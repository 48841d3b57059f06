//! `headgate engagement report` and `usage`: what agents say of their work.

use std::path::Path;

use headgate_api_types::engagements::{ReportRequest, UsageRequest};
use headgate_engagements::{Report, Submission};
use headgate_events::{CriterionResult, Deliverable};

use super::Caller;
use crate::args::{At, Made, PhaseReport};
use crate::commands::read;
use crate::commands::submit::upload;
use crate::fail::Failure;
use crate::input;

pub(super) fn report(caller: &Caller<'_>, args: PhaseReport) -> Result<(), Failure> {
    let PhaseReport { at, summary, deliverable, criteria, failed } = args;
    let report = match failed {
        Some(reason) => Report::Failed { reason },
        None => {
            let criteria: Vec<CriterionResult> = match &criteria {
                Some(path) => input::json(path, &read(path)?)?,
                None => Vec::new(),
            };
            let deliverables = deliverable
                .into_iter()
                .map(|made| uploaded(caller, made))
                .collect::<Result<_, _>>()?;
            Report::Done(Submission {
                summary: summary.unwrap_or_default(),
                deliverables,
                criteria,
            })
        }
    };
    caller.moves(&path(&at, "report"), &ReportRequest { attempt: at.attempt, report })
}

fn uploaded(caller: &Caller<'_>, made: Made) -> Result<Deliverable, Failure> {
    let Made { name, template, file } = made;
    let markdown = file.extension().is_some_and(|extension| extension == "md");
    let media_type = if markdown { "text/markdown" } else { "application/octet-stream" };
    let artifact = upload(&caller.api, &(read(&file)?, media_type))?;
    Ok(Deliverable { name, template, artifact })
}

pub(super) fn usage(caller: &Caller<'_>, at: &At, file: &Path) -> Result<(), Failure> {
    let usage = input::json(file, &read(file)?)?;
    caller.moves(&path(at, "usage"), &UsageRequest { attempt: at.attempt, usage })
}

/// The path of a route about a phase.
pub(in crate::commands) fn path(At { engagement, phase, .. }: &At, route: &str) -> String {
    format!("/v1/engagements/{engagement}/phases/{phase}/{route}")
}
