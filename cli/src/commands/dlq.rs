//! `headgate dlq`.

use std::time::{Duration, Instant};

use headgate_api_types::quarantine::{
    Action, Counted, Discard, Discarded, Groups, Preview, Redrive, Shown,
};
use headgate_domain::quarantine::{Entry, Run, RunState};
use indicatif::ProgressBar;
use serde_json::json;

use crate::api::Api;
use crate::args::{Dlq, DlqAction, Global, Page};
use crate::config::Config;
use crate::fail::Failure;
use crate::output;

/// Longest wait for a redrive to end.
const PATIENCE: Duration = Duration::from_secs(30 * 60);
/// Number of characters of a fingerprint that tables show.
const SHORT: usize = 12;
const DRY_RUN: &str =
    "dry run: nothing was changed; to execute the action, add --execute --reason \"...\"";

pub(super) fn run(config: &Config, global: &Global, args: Dlq) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    match args {
        Dlq::List(page) => list(&api, global, &page),
        Dlq::Show { group, closed } => show(&api, global, &group, closed),
        Dlq::Redrive(action) => redrive(&api, global, &action),
        Dlq::Discard(action) => discard(&api, global, &action),
    }
}

fn list(api: &Api, global: &Global, page: &Page) -> Result<(), Failure> {
    let found = api.get::<Groups>(&format!("/v1/quarantine?{}", page.query()))?;
    if global.json {
        output::json(&found.json);
        return Ok(());
    }
    let rows = found.value.groups.into_iter().map(|Counted { group, open, closed }| {
        vec![
            group.fingerprint.chars().take(SHORT).collect(),
            open.to_string(),
            closed.to_string(),
            group.consumer,
            group.event_type.unwrap_or_default(),
            group.error_type,
            group.reason,
            output::time(group.first_seen),
        ]
    });
    let header = ["group", "open", "closed", "consumer", "event", "error", "reason", "first seen"];
    output::table(&header, rows.collect());
    output::next_page(found.value.next_cursor.as_deref());
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
        let found = api.get::<Groups>(&format!("/v1/quarantine?limit=100{cursor}"))?.value;
        let fingerprints = found.groups.into_iter().map(|g| g.group.fingerprint);
        matches.extend(fingerprints.filter(|f| f.starts_with(group)));
        match found.next_cursor {
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
        output::json(&api.get::<Entry>(&format!("/v1/quarantine/messages/{group}"))?.json);
        return Ok(());
    }
    let fingerprint = resolve(api, group)?;
    let path = format!("/v1/quarantine/{fingerprint}?limit=100&closed={closed}");
    let shown = api.get::<Shown>(&path)?;
    if global.json {
        output::json(&shown.json);
        return Ok(());
    }
    let Shown { counted: Counted { group, open, closed }, messages, .. } = shown.value;
    let row = |name: &str, value: String| vec![name.to_owned(), value];
    let mut rows = vec![
        row("fingerprint", group.fingerprint),
        row("consumer", group.consumer),
        row("failed build", group.build.unwrap_or_default()),
        row("event", group.event_type.unwrap_or_default()),
        row("error", group.error_type),
        row("reason", group.reason),
        row("open", open.to_string()),
        row("closed", closed.to_string()),
        row("first seen", output::time(group.first_seen)),
    ];
    if let Some(run) = &group.run {
        rows.push(row("last run", run_line(run)));
    }
    output::table(&["", "group"], rows);
    if !messages.is_empty() {
        let header = ["message", "state", "subject", "attempts", "redrives", "last seen", "reason"];
        output::table(&header, messages.into_iter().map(message).collect());
    }
    Ok(())
}

fn message(entry: Entry) -> Vec<String> {
    vec![
        entry.quarantine_id,
        output::name(&entry.state),
        entry.subject.unwrap_or_default(),
        entry.attempts.to_string(),
        entry.redrives.to_string(),
        output::time(entry.last_seen),
        entry.reason,
    ]
}

fn run_line(run: &Run) -> String {
    let mut line = format!(
        "{} by {} ({}): {} sent, {} processed, {} returned, {} in flight",
        output::name(&run.state),
        run.requested_by.id,
        run.reason,
        run.sent,
        run.processed,
        run.returned,
        run.in_flight.len(),
    );
    if !run.stopped_because.is_empty() {
        line.push_str("; ");
        line.push_str(&run.stopped_because);
    }
    line
}

fn body(action: &DlqAction) -> Action {
    let reason = action.reason.clone().unwrap_or_default();
    Action { reason, execute: action.execute, force: action.force }
}

fn redrive(api: &Api, global: &Global, action: &DlqAction) -> Result<(), Failure> {
    let fingerprint = resolve(api, &action.group)?;
    let path = format!("/v1/quarantine/{fingerprint}/redrive");
    let answer = api.post::<Redrive>(&path, &body(action))?;
    match answer.value {
        Redrive { would: Some(would), .. } if !global.json => preview(&would),
        Redrive { run: Some(run), .. } if !action.no_wait => {
            return wait(api, global, &fingerprint, &run.run_id);
        }
        _ => output::json(&answer.json),
    }
    Ok(())
}

fn preview(would: &Preview) {
    let steps: Vec<_> = would.steps.iter().map(usize::to_string).collect();
    output::line(format!(
        "would send {}{} messages to `{}` (deployed build {}, failed build {}) in batches of {}; \
         canary: {}; at the redrive limit and skipped: {}",
        would.to_send,
        if would.more { "+" } else { "" },
        would.consumer,
        would.deployed_build,
        would.failed_build.as_deref().unwrap_or("unknown"),
        steps.join(", "),
        would.canary,
        would.capped,
    ));
    output::line(DRY_RUN);
}

/// Waits for a redrive to end and shows its progress. A redrive that stopped early is [`Failure::Refused`].
fn wait(api: &Api, global: &Global, fingerprint: &str, run_id: &str) -> Result<(), Failure> {
    let spinner = if global.json { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
    spinner.enable_steady_tick(Duration::from_millis(100));
    let end = Instant::now() + PATIENCE;
    loop {
        if Instant::now() > end {
            return Err(Failure::Refused(format!(
                "{run_id} has not ended; stopped waiting. Check it with `headgate dlq show {fingerprint}`"
            )));
        }
        let shown = api.get::<Shown>(&format!("/v1/quarantine/{fingerprint}?limit=1"))?;
        let Some(run) = shown.value.counted.group.run.filter(|run| run.run_id == run_id) else {
            spinner.finish_and_clear();
            return Err(Failure::Refused(
                "another redrive of this group has begun; see `headgate dlq show`".to_owned(),
            ));
        };
        if run.state == RunState::Running {
            spinner.set_message(run_line(&run));
            std::thread::sleep(Duration::from_millis(500));
            continue;
        }
        spinner.finish_and_clear();
        if global.json {
            output::json(&run);
        } else {
            output::line(run_line(&run));
        }
        return match run.state {
            RunState::Done => Ok(()),
            _ => Err(Failure::Refused(run.stopped_because)),
        };
    }
}

fn discard(api: &Api, global: &Global, action: &DlqAction) -> Result<(), Failure> {
    let fingerprint = resolve(api, &action.group)?;
    let path = format!("/v1/quarantine/{fingerprint}/discard");
    let mut total = 0;
    loop {
        let Discarded { discarded, left } = api.post::<Discard>(&path, &body(action))?.value.result;
        total += discarded;
        // The list is eventually consistent: stop when a call discards nothing, even if `left` is not zero.
        if action.execute && left > 0 && discarded > 0 {
            continue;
        }
        if global.json {
            let dry_run = !action.execute;
            output::json(&json!({ "dry_run": dry_run, "discarded": total, "left": left }));
        } else if action.execute {
            output::line(format!("discarded {total} message(s)"));
        } else {
            output::line(format!("would discard {left} message(s) permanently"));
            output::line(DRY_RUN);
        }
        return Ok(());
    }
}
