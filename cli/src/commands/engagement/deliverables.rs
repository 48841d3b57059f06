//! `headgate engagement deliverables`: lists what the phases have handed in, and downloads what the current phase has.

use std::path::Path;

use headgate_api_types::engagements::{Deliverable, Deliverables, HandedIn};
use headgate_domain::canonical::sha256_hex;
use headgate_events::{Artifact, EngagementId};
use serde_json::json;

use super::Caller;
use crate::commands::evidence::{WITHHELD, file_name, problem, write};
use crate::fail::Failure;
use crate::output;
use crate::uri::segment;

pub(super) fn run(
    caller: &Caller<'_>,
    id: &EngagementId,
    to: Option<&Path>,
) -> Result<(), Failure> {
    let mut all = Vec::new();
    loop {
        let after = all.last().map(|last: &HandedIn| {
            format!("?phase={}&attempt={}", segment(&last.phase), last.attempt)
        });
        let path = format!("/v1/engagements/{id}/deliverables{}", after.unwrap_or_default());
        let page = caller.api.get::<Deliverables>(&path)?.value;
        all.extend(page.results);
        if !page.more {
            break;
        }
    }
    if let Some(folder) = to {
        let course = caller.course(id)?;
        let at = course.at();
        all.retain(|result| result.phase == at.phase && result.attempt == at.attempt);
        if all.is_empty() {
            return Err(Failure::Refused(format!("nothing was handed in for {at}")));
        }
        std::fs::create_dir_all(folder).map_err(|e| problem(folder, &e))?;
        for result in &all {
            for made in &result.submission.deliverables {
                match download(caller, id, result, &made.artifact) {
                    Ok(content) => write(&folder.join(file_name(&made.artifact)), &content)?,
                    // One that is withheld must not keep the rest from being read.
                    Err(failure) if failure.is_one_of(&WITHHELD) => failure.warn(),
                    Err(failure) => return Err(failure),
                }
            }
        }
    }
    if caller.global.json {
        output::json(&json!({ "results": all }));
        return Ok(());
    }
    let mut rows = Vec::new();
    for result in all {
        for made in result.submission.deliverables {
            let file =
                to.map(|folder| folder.join(file_name(&made.artifact)).display().to_string());
            rows.push(vec![
                result.phase.clone(),
                result.attempt.to_string(),
                made.name,
                made.template.unwrap_or_default(),
                file.unwrap_or(made.artifact.sha256),
            ]);
        }
    }
    let last = if to.is_some() { "file" } else { "SHA-256" };
    output::table(&["phase", "attempt", "name", "template", last], rows);
    Ok(())
}

fn download(
    caller: &Caller<'_>,
    id: &EngagementId,
    result: &HandedIn,
    artifact: &Artifact,
) -> Result<Vec<u8>, Failure> {
    let (phase, attempt) = (segment(&result.phase), result.attempt);
    let path = format!(
        "/v1/engagements/{id}/deliverables/{}?phase={phase}&attempt={attempt}",
        segment(&artifact.sha256)
    );
    let found = caller.api.get::<Deliverable>(&path)?.value;
    let content = caller.api.download(&found.url, artifact.bytes)?;
    if sha256_hex(&content) != artifact.sha256 {
        return Err(Failure::Refused(format!(
            "the deliverable with SHA-256 {} was replaced after it was handed in; do not approve the result, and tell an operator",
            artifact.sha256
        )));
    }
    Ok(content)
}
