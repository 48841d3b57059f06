//! `headgate timeline`.

use headgate_api_types::engagements::Timeline as Page;
use headgate_api_types::record::Receipt;
use headgate_domain::timeline::{Entry, Head, verify};
use headgate_events::EngagementId;
use headgate_log::Finding;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::api::Api;
use crate::args::{Global, LogArgs, Timeline};
use crate::commands::log;
use crate::config::Config;
use crate::fail::Failure;
use crate::output;

/// How long after the time of its event an entry is in the log, at most: it may have waited in a queue, and the log is appended every minute.
const LATE: SignedDuration = SignedDuration::from_mins(15);

pub(super) fn run(config: &Config, global: &Global, args: Timeline) -> Result<(), Failure> {
    match args {
        Timeline::Show { engagement } => {
            let (entries, head) = fetch(&Api::connect(config, global)?, &engagement)?;
            if global.json {
                output::json(&json!({ "entries": entries, "head": head }));
            } else {
                print(&entries);
            }
        }
        Timeline::Export { engagement } => {
            let (entries, _) = fetch(&Api::connect(config, global)?, &engagement)?;
            for entry in &entries {
                output::exact(&serde_json::to_string(entry).map_err(Failure::unavailable)?);
            }
        }
        Timeline::Receipt { engagement, entry, out } => {
            let path = format!("/v1/engagements/{engagement}/timeline/{entry}/receipt");
            let receipt = Api::connect(config, global)?.get::<Receipt>(&path)?.value;
            if super::write_or_print(&receipt, out.as_deref())? && !global.json {
                output::line("check it with `headgate verify`");
            }
        }
        Timeline::Verify { engagement, log, entries } => {
            // The log first: what is logged meanwhile is among the entries then.
            let read = log::read(config, &log)?;
            let exported = entries.map(|path| exported(&path)).transpose()?;
            let timeline = match exported {
                Some(exported) => exported,
                None => fetch(&Api::connect(config, global)?, &engagement)?,
            };
            check(global, &engagement, &timeline, (read.as_ref(), &log))?;
        }
    }
    Ok(())
}

/// Verifies the chain of hashes, and compares it with the log, if that is known.
fn check(
    global: &Global,
    engagement: &EngagementId,
    (entries, head): &(Vec<Entry>, Head),
    (read, args): (Option<&log::Read>, &LogArgs),
) -> Result<(), Failure> {
    let broken = verify(entries, head).err();
    let (mut findings, mut logged) = (Vec::new(), None);
    if let Some(read) = read {
        findings.clone_from(&read.findings);
        findings.extend(read.audited.timeline(engagement, entries));
        let count = read.audited.timelines.get(engagement).map_or(0, |l| l.hashes.len());
        findings.extend(late(entries, count));
        logged = Some(count);
    }
    if global.json {
        let broken = broken.iter().map(ToString::to_string);
        let problems: Vec<_> = broken.chain(log::said(&findings)).collect();
        output::json(&json!({
            "engagement_id": engagement, "entries": head.seq, "hash": head.hash,
            "whole": problems.is_empty(), "problem": problems.first(), "problems": problems,
            "in_log": logged, "checked": read.map(log::Read::checked),
        }));
    }
    // What the log shows says more than the broken chain.
    log::refuse(&findings)?;
    if let Some(broken) = broken {
        return Err(Failure::Refused(format!("the timeline is not intact: {broken}")));
    }
    if let Some(read) = read {
        read.save(args)?;
    }
    if global.json {
        return Ok(());
    }
    output::line(format!("{} entries, all hashes match; head {}", head.seq, head.hash));
    match (read, logged) {
        (Some(read), Some(logged)) => {
            output::line(format!("{logged} of them are in the transparency log as they are here"));
            read.notes().iter().for_each(output::line);
        }
        _ => output::line(
            "not compared with the transparency log: pass --log s3://BUCKET, or a folder with a copy",
        ),
    }
    Ok(())
}

/// Entries that should be in the log by now.
fn late(entries: &[Entry], logged: usize) -> Option<Finding> {
    let rest = entries.get(logged..)?;
    let is_late = |entry: &&Entry| {
        let time = output::member(&entry.event, "time").parse::<Timestamp>();
        // The fleet writes no entry without a time.
        time.map_or(true, |time| Timestamp::now().duration_since(time) > LATE)
    };
    let first = rest.iter().find(is_late)?.seq;
    Some(Finding::NotLogged { seq: first })
}

/// Reads what `timeline export` wrote. Its head is that of its last entry.
fn exported(path: &std::path::Path) -> Result<(Vec<Entry>, Head), Failure> {
    let bytes = super::read(path)?;
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let parse = |(n, line): (usize, &[u8])| {
        serde_json::from_slice::<Entry>(line)
            .map_err(|e| Failure::Usage(format!("{}:{}: {e}", path.display(), n + 1)))
    };
    let entries = lines.enumerate().map(parse).collect::<Result<Vec<_>, _>>()?;
    let head = entries.last().map(Head::of);
    Ok((entries, head.unwrap_or_default()))
}

/// Fetches all pages. Returns the head of the last page, which covers entries appended in the meantime.
fn fetch(api: &Api, engagement: &EngagementId) -> Result<(Vec<Entry>, Head), Failure> {
    let mut entries = Vec::new();
    let mut after = 0;
    loop {
        let path = format!("/v1/engagements/{engagement}/timeline?limit=100&after={after}");
        let page = api.get::<Page>(&path)?.value;
        entries.extend(page.entries);
        match page.next_after {
            Some(next) => after = next,
            None => return Ok((entries, page.head)),
        }
    }
}

fn print(entries: &[Entry]) {
    output::table(
        &["#", "time", "event", "subject", "actor", "result", "hash"],
        entries.iter().map(row).collect(),
    );
}

/// Entries keep events of every version as they were, so their members are read one by one.
fn row(entry: &Entry) -> Vec<String> {
    let member = |name: &str| output::member(&entry.event, name);
    let by = match member("onbehalfof") {
        owner if owner.is_empty() => member("actorid"),
        owner => format!("{} for {owner}", member("actorid")),
    };
    let result = ["outcome", "verdict", "status", "why"]
        .iter()
        .map(|name| output::member(&entry.event["data"], name))
        .find(|text| !text.is_empty());
    let time = member("time");
    vec![
        entry.seq.to_string(),
        time.parse().map_or(time, output::time),
        member("type"),
        member("subject"),
        by,
        result.unwrap_or_default(),
        entry.hash.chars().take(12).collect(),
    ]
}
