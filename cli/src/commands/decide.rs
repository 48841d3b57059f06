//! `headgate approve|reject|revise`.

use serde_json::{Value, json};

use crate::api::Api;
use crate::args::{Global, Vote};
use crate::config::Config;
use crate::fail::Failure;
use crate::output::{self, text};

pub(super) fn vote(
    config: &Config,
    global: &Global,
    kind: &str,
    vote: Vote,
) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    let shown = api.get(&format!("/v1/changes/{}", vote.change))?;
    let current = text(&shown, "/change/content_hash");
    let hash = vote.hash.unwrap_or(current);
    if hash.is_empty() {
        let status = text(&shown, "/change/status");
        return Err(Failure::Refused(format!(
            "{} is {status}; there is nothing to decide",
            vote.change
        )));
    }
    let body = json!({
        "revision": shown["change"]["revision"],
        "content_hash": hash,
        "vote": kind,
        "comment": vote.comment,
    });
    let counted = api.post(&format!("/v1/changes/{}/decisions", vote.change), &body)?;
    if global.json {
        output::json(&counted);
        return Ok(());
    }
    output::line(format!("{kind}: counted, for content {hash}"));
    match &counted["outcome"] {
        Value::String(outcome) => output::line(format!("decided: {}", output::status(outcome))),
        _ => output::line(format!("{} more approvals are needed", counted["missing"])),
    }
    Ok(())
}
