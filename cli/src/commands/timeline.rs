//! `headgate timeline`.

use headgate_api_types::engagements::Timeline as Page;
use headgate_domain::timeline::{Entry, Head, verify};
use headgate_events::EngagementId;
use serde_json::json;

use crate::api::Api;
use crate::args::{Global, Timeline};
use crate::config::Config;
use crate::fail::Failure;
use crate::output;

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
