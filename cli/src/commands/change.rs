//! `headgate change show` and `list`.

use headgate_domain::approval::{Approval, in_words};
use serde::Deserialize as _;
use serde_json::Value;

use crate::api::Api;
use crate::args::Global;
use crate::config::Config;
use crate::fail::Failure;
use crate::output::{self, status, text};

pub(super) fn show(config: &Config, global: &Global, change: &str) -> Result<(), Failure> {
    let shown = Api::connect(config, global)?.get(&format!("/v1/changes/{change}"))?;
    if global.json {
        output::json(&shown);
        return Ok(());
    }
    let mut rows: Vec<Vec<String>> = [
        ("change", "/change/change_id"),
        ("revision", "/change/revision"),
        ("engagement", "/change/engagement_id"),
        ("environment", "/change/environment"),
        ("lane", "/change/lane"),
        ("why", "/proposed/dossier/why"),
        ("blast radius", "/proposed/dossier/blast_radius"),
        ("rollback", "/proposed/dossier/rollback"),
        ("monthly cost change, US cents", "/proposed/dossier/monthly_cost_delta_cents"),
        ("proposed by", "/change/proposer/id"),
        ("content hash", "/change/content_hash"),
    ]
    .iter()
    .map(|(name, pointer)| vec![(*name).to_owned(), text(&shown, pointer)])
    .collect();
    rows.push(vec!["expires".into(), output::time(&shown, "/approval/expires_at")]);
    rows.push(vec!["status".into(), status(&text(&shown, "/change/status"))]);
    if let Some(summary) = shown.pointer("/review/summary") {
        let n = |key: &str| summary[key].to_string();
        let (c, u, r, d) = (n("create"), n("update"), n("replace"), n("delete"));
        let counts = format!("{c} to create, {u} to update, {r} to replace, {d} to delete");
        rows.push(vec!["plan".into(), counts]);
    }
    if let Ok(approval) = Approval::deserialize(&shown["approval"]) {
        rows.push(vec!["gate".into(), in_words(&approval.gate)]);
        if approval.outcome.is_none() {
            rows.push(vec!["approvals missing".into(), approval.missing().to_string()]);
        }
    }
    output::table(&["field", "value"], rows);
    let findings =
        list_of(&shown, "/review/findings", &["severity", "rule", "resource", "message", "fix"]);
    if !findings.is_empty() {
        output::table(&["severity", "rule", "resource", "finding", "fix"], findings);
    }
    if !shown["review"]["archive"].is_null() {
        output::line(format!(
            "these are the first findings; the whole report is {}",
            text(&shown, "/review/archive/uri")
        ));
    }
    let keys = ["principal", "on_behalf_of", "vote", "roles", "ratings", "at", "comment"];
    let votes = list_of(&shown, "/approval/votes", &keys);
    if !votes.is_empty() {
        output::table(
            &["voter", "on behalf of", "vote", "roles", "ratings", "time", "comment"],
            votes,
        );
    }
    Ok(())
}

pub(super) fn list(
    config: &Config,
    global: &Global,
    limit: u32,
    cursor: Option<String>,
) -> Result<(), Failure> {
    let cursor = cursor.map(|c| format!("&cursor={c}")).unwrap_or_default();
    let found = Api::connect(config, global)?.get(&format!("/v1/changes?limit={limit}{cursor}"))?;
    if global.json {
        output::json(&found);
        return Ok(());
    }
    let keys =
        ["change_id", "revision", "environment", "status", "proposer/id", "updated_at", "why"];
    let mut rows = list_of(&found, "/changes", &keys);
    for row in &mut rows {
        row[3] = status(&row[3]);
    }
    output::table(&["change", "revision", "environment", "status", "by", "updated", "why"], rows);
    if let Some(next) = found["next_cursor"].as_str() {
        output::line(format!("next page: --cursor {next}"));
    }
    Ok(())
}

/// Keys whose values are timestamps.
const TIMES: [&str; 6] = ["at", "first_seen", "last_seen", "revoked_at", "until", "updated_at"];

/// Turns a list of objects into table rows, one cell for each of `keys`; timestamps in local time.
pub(super) fn list_of(value: &Value, pointer: &str, keys: &[&str]) -> Vec<Vec<String>> {
    let items = value.pointer(pointer).and_then(Value::as_array);
    items
        .into_iter()
        .flatten()
        .map(|item| {
            let cell = |key: &&str| {
                let show = if TIMES.contains(key) { output::time } else { text };
                show(item, &format!("/{key}"))
            };
            keys.iter().map(cell).collect()
        })
        .collect()
}
