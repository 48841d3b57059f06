//! `headgate timeline`.

use headgate_domain::timeline::{Entry, Head, verify};
use serde::Deserialize;
use serde_json::json;

use crate::api::Api;
use crate::args::{Global, Timeline};
use crate::config::Config;
use crate::fail::Failure;
use crate::output::{self, text};

#[derive(Deserialize)]
struct Page {
    entries: Vec<Entry>,
    head: Head,
    next_after: Option<u64>,
}

pub(super) fn run(config: &Config, global: &Global, args: Timeline) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    match args {
        Timeline::Show { engagement } => {
            let (entries, head) = fetch(&api, &engagement)?;
            if global.json {
                output::json(&json!({ "entries": entries, "head": head }));
            } else {
                print(&entries);
            }
        }
        Timeline::Verify { engagement } => {
            let (entries, head) = fetch(&api, &engagement)?;
            let result = verify(&entries, &head);
            if global.json {
                let problem = result.as_ref().err().map(ToString::to_string);
                output::json(&json!({
                    "engagement_id": engagement, "entries": head.seq, "hash": head.hash,
                    "whole": problem.is_none(), "problem": problem,
                }));
            }
            if let Err(broken) = result {
                return Err(Failure::Refused(format!("the timeline is not intact: {broken}")));
            }
            if !global.json {
                output::line(format!("{} entries, all hashes match; head {}", head.seq, head.hash));
            }
        }
    }
    Ok(())
}

/// Fetches all pages. Returns the head of the last page, which covers entries appended in the meantime.
fn fetch(api: &Api, engagement: &str) -> Result<(Vec<Entry>, Head), Failure> {
    let mut entries = Vec::new();
    let mut after = 0;
    loop {
        let path = format!("/v1/engagements/{engagement}/timeline?limit=100&after={after}");
        let page: Page = serde_json::from_value(api.get(&path)?).map_err(Failure::unavailable)?;
        entries.extend(page.entries);
        match page.next_after {
            Some(next) => after = next,
            None => return Ok((entries, page.head)),
        }
    }
}

fn print(entries: &[Entry]) {
    let rows = entries
        .iter()
        .map(|entry| {
            let event = &entry.event;
            let by = match text(event, "/onbehalfof") {
                owner if owner.is_empty() => text(event, "/actorid"),
                owner => format!("{} for {owner}", text(event, "/actorid")),
            };
            let what = ["/data/outcome", "/data/verdict", "/data/status", "/data/why"]
                .iter()
                .map(|pointer| text(event, pointer))
                .find(|t| !t.is_empty())
                .unwrap_or_default();
            vec![
                entry.seq.to_string(),
                output::time(event, "/time"),
                text(event, "/type"),
                text(event, "/subject"),
                by,
                what,
                entry.hash.chars().take(12).collect(),
            ]
        })
        .collect();
    output::table(&["#", "time", "event", "subject", "actor", "result", "hash"], rows);
}
