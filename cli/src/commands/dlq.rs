//! `headgate dlq`.

use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use serde_json::{Value, json};

use super::change::list_of;
use crate::api::Api;
use crate::args::{Dlq, DlqAction, Global};
use crate::config::Config;
use crate::fail::Failure;
use crate::output::{self, text};

/// Longest wait for a redrive to end.
const PATIENCE: Duration = Duration::from_secs(30 * 60);
/// Number of characters of a fingerprint that tables show.
const SHORT: usize = 12;

pub(super) fn run(config: &Config, global: &Global, args: Dlq) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    match args {
        Dlq::List { limit, cursor } => list(&api, global, limit, cursor),
        Dlq::Show { group, closed } => show(&api, global, &group, closed),
        Dlq::Redrive(action) => redrive(&api, global, &action),
        Dlq::Discard(action) => discard(&api, global, &action),
    }
}

fn list(api: &Api, global: &Global, limit: u32, cursor: Option<String>) -> Result<(), Failure> {
    let cursor = cursor.map(|c| format!("&cursor={c}")).unwrap_or_default();
    let found = api.get(&format!("/v1/quarantine?limit={limit}{cursor}"))?;
    if global.json {
        output::json(&found);
        return Ok(());
    }
    let rows = found["groups"].as_array().into_iter().flatten().map(|g| {
        let mut row = vec![text(g, "/group/fingerprint").chars().take(SHORT).collect()];
        row.extend(
            [
                "/open",
                "/closed",
                "/group/consumer",
                "/group/event_type",
                "/group/error_type",
                "/group/reason",
            ]
            .map(|p| text(g, p)),
        );
        row.push(output::time(g, "/group/first_seen"));
        row
    });
    let header = ["group", "open", "closed", "consumer", "event", "error", "reason", "first seen"];
    output::table(&header, rows.collect());
    if let Some(next) = found["next_cursor"].as_str() {
        output::line(format!("next page: --cursor {next}"));
    }
    Ok(())
}

/// Finds the full fingerprint of a group from a prefix.
fn resolve(api: &Api, group: &str) -> Result<String, Failure> {
    if group.len() == 64 {
        return Ok(group.to_owned());
    }
    let mut matches = Vec::new();
    let mut cursor = String::new();
    loop {
        let found = api.get(&format!("/v1/quarantine?limit=100{cursor}"))?;
        let groups = found["groups"].as_array().into_iter().flatten();
        let fingerprints = groups.map(|g| text(g, "/group/fingerprint"));
        matches.extend(fingerprints.filter(|f| f.starts_with(group)));
        match found["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    match matches.len() {
        1 => Ok(matches.swap_remove(0)),
        0 => Err(Failure::Refused(format!(
            "no group begins with `{group}`; list all groups with `headgate dlq list`"
        ))),
        n => Err(Failure::Usage(format!("{n} groups begin with `{group}`; use a longer prefix"))),
    }
}

fn show(api: &Api, global: &Global, group: &str, closed: bool) -> Result<(), Failure> {
    // Message ids are UUIDs and contain hyphens; fingerprints do not.
    if group.contains('-') {
        output::json(&api.get(&format!("/v1/quarantine/messages/{group}"))?);
        return Ok(());
    }
    let fingerprint = resolve(api, group)?;
    let shown = api.get(&format!("/v1/quarantine/{fingerprint}?limit=100&closed={closed}"))?;
    if global.json {
        output::json(&shown);
        return Ok(());
    }
    let mut rows: Vec<Vec<String>> = [
        ("fingerprint", "/group/fingerprint"),
        ("consumer", "/group/consumer"),
        ("failed build", "/group/build"),
        ("event", "/group/event_type"),
        ("error", "/group/error_type"),
        ("reason", "/group/reason"),
        ("open", "/open"),
        ("closed", "/closed"),
    ]
    .iter()
    .map(|(name, pointer)| vec![(*name).to_owned(), text(&shown, pointer)])
    .collect();
    rows.push(vec!["first seen".to_owned(), output::time(&shown, "/group/first_seen")]);
    if !shown["group"]["run"].is_null() {
        rows.push(vec!["last run".to_owned(), run_line(&shown["group"]["run"])]);
    }
    output::table(&["", "group"], rows);
    let keys = ["quarantine_id", "state", "subject", "attempts", "redrives", "last_seen", "reason"];
    let messages = list_of(&shown, "/messages", &keys);
    if !messages.is_empty() {
        let header = ["message", "state", "subject", "attempts", "redrives", "last seen", "reason"];
        output::table(&header, messages);
    }
    Ok(())
}

fn run_line(run: &Value) -> String {
    let n = |pointer: &str| text(run, pointer);
    let flying = run["in_flight"].as_array().map_or(0, Vec::len);
    let mut line = format!(
        "{} by {} ({}): {} sent, {} processed, {} returned, {flying} in flight",
        n("/state"),
        n("/requested_by/id"),
        n("/reason"),
        n("/sent"),
        n("/processed"),
        n("/returned"),
    );
    let why = n("/stopped_because");
    if !why.is_empty() {
        line.push_str("; ");
        line.push_str(&why);
    }
    line
}

fn body(action: &DlqAction) -> Value {
    let reason = action.reason.clone().unwrap_or_default();
    json!({ "reason": reason, "execute": action.execute, "force": action.force })
}

fn redrive(api: &Api, global: &Global, action: &DlqAction) -> Result<(), Failure> {
    let fingerprint = resolve(api, &action.group)?;
    let answer = api.post(&format!("/v1/quarantine/{fingerprint}/redrive"), &body(action))?;
    if !action.execute {
        if global.json {
            output::json(&answer);
            return Ok(());
        }
        let would = |pointer: &str| text(&answer, &format!("/would/{pointer}"));
        output::line(format!(
            "would send {}{} messages to `{}` (deployed build {}, failed build {}) in batches of {}; \
             canary: {}; at the redrive limit and skipped: {}",
            would("to_send"),
            if answer["would"]["more"] == true { "+" } else { "" },
            would("consumer"),
            would("deployed_build"),
            would("failed_build"),
            would("steps"),
            would("canary"),
            would("capped"),
        ));
        output::line("dry run: nothing was changed; to execute it, add --execute --reason \"...\"");
        return Ok(());
    }
    if action.no_wait {
        output::json(&answer);
        return Ok(());
    }
    wait(api, global, &fingerprint, &text(&answer, "/run/run_id"))
}

/// Waits for a redrive to end and shows its progress. A redrive that stopped early is [`Failure::Refused`].
fn wait(api: &Api, global: &Global, fingerprint: &str, run_id: &str) -> Result<(), Failure> {
    let spinner = if global.json { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
    spinner.enable_steady_tick(Duration::from_millis(100));
    let end = Instant::now() + PATIENCE;
    loop {
        if Instant::now() > end {
            return Err(Failure::Refused(format!(
                "{run_id} still runs; stopped waiting. Check it with `headgate dlq show {fingerprint}`"
            )));
        }
        let shown = api.get(&format!("/v1/quarantine/{fingerprint}?limit=1"))?;
        let run = &shown["group"]["run"];
        if text(run, "/run_id") != run_id {
            spinner.finish_and_clear();
            return Err(Failure::Refused(
                "another redrive of this group has begun; see `headgate dlq show`".to_owned(),
            ));
        }
        let state = text(run, "/state");
        if state != "running" {
            spinner.finish_and_clear();
            if global.json {
                output::json(run);
            } else {
                output::line(run_line(run));
            }
            return if state == "done" {
                Ok(())
            } else {
                Err(Failure::Refused(text(run, "/stopped_because")))
            };
        }
        spinner.set_message(run_line(run));
        std::thread::sleep(Duration::from_millis(500));
    }
}

fn discard(api: &Api, global: &Global, action: &DlqAction) -> Result<(), Failure> {
    let fingerprint = resolve(api, &action.group)?;
    let path = format!("/v1/quarantine/{fingerprint}/discard");
    let mut total = 0;
    loop {
        let answer = api.post(&path, &body(action))?;
        let n = |key: &str| answer["result"][key].as_u64().unwrap_or_default();
        total += n("discarded");
        // The list is eventually consistent: stop when a call discards nothing, even if `left` is not zero.
        if !action.execute || n("left") == 0 || n("discarded") == 0 {
            if global.json {
                output::json(
                    &json!({ "dry_run": !action.execute, "discarded": total, "left": n("left") }),
                );
            } else if action.execute {
                output::line(format!("discarded {total} message(s)"));
            } else {
                output::line(format!("would discard {} message(s) permanently", n("left")));
                output::line(
                    "dry run: nothing was changed; to execute it, add --execute --reason \"...\"",
                );
            }
            return Ok(());
        }
    }
}
