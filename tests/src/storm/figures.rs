//! The figures of a storm and the number of writes behind them, counted again from the timelines by other code than the
//! fleet's.

use std::collections::{BTreeMap, BTreeSet};

use headgate_domain::timeline::Entry;
use serde_json::{Value, json};

use super::letters::Letters;
use crate::tables::Found;
use crate::world::World;

/// What each fact says about its change, whatever version it has.
fn said(entry: &Entry) -> (&str, &Value, &str) {
    let event = &entry.event;
    let kind = event["type"].as_str().unwrap_or_default();
    let stem = kind.rsplit_once(".v").map_or(kind, |(stem, _)| stem);
    (stem, &event["data"], event["subject"].as_str().unwrap_or_default())
}

/// Differences between an engagement's stored totals and its timeline.
pub(crate) fn of_engagement(world: &World, engagement: &str, entries: &[Entry]) -> Vec<String> {
    let mut facts: BTreeMap<&str, u64> = BTreeMap::new();
    let mut outcomes: BTreeMap<String, u64> = BTreeMap::new();
    let mut lead_time = 0;
    for (stem, data, _) in entries.iter().map(said) {
        *facts.entry(stem).or_default() += 1;
        let outcome = match stem {
            "review.completed" => format!("review.{}", data["verdict"].as_str().unwrap()),
            "approval.decided" => format!("approval.{}", data["outcome"].as_str().unwrap()),
            "change.executed" => format!("execution.{}", data["outcome"].as_str().unwrap()),
            "change.finalized" => {
                lead_time += data["lead_time_seconds"].as_u64().unwrap();
                continue;
            }
            _ => continue,
        };
        *outcomes.entry(outcome).or_default() += 1;
    }
    let counted = json!({
        "facts": facts,
        "outcomes": outcomes,
        "finalized": facts.get("change.finalized").copied().unwrap_or_default(),
        "lead_time_seconds": lead_time,
        "unpermitted": 0,
        "counted_to": entries.len(),
    });
    let key = (format!("ENGAGEMENT#{engagement}"), "SUMMARY".to_owned());
    let found = world.items("/tables/metrics", [key.clone()]).remove(&key);
    match found {
        Some(Found { body, .. }) if body == counted => Vec::new(),
        found => vec![format!("{engagement}: the totals are {found:?}, not {counted}")],
    }
}

/// Differences between the scorecard of the only proposer and all timelines. Every engagement writes this item.
pub(crate) fn of_proposer(world: &World, timelines: &BTreeMap<String, Vec<Entry>>) -> Vec<String> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for (stem, data, _) in timelines.values().flatten().map(said) {
        let (all, good, success) = match stem {
            "review.completed" => ("reviewed", "passed", data["verdict"] == "pass"),
            "approval.decided" => ("decided", "approved", data["outcome"] == "approved"),
            "change.executed" => ("executed", "succeeded", data["outcome"] == "succeeded"),
            _ => continue,
        };
        *counts.entry(all).or_default() += 1;
        *counts.entry(good).or_default() += u64::from(success);
    }
    // The card has parts; their sum counts.
    let key = |part| (format!("PRINCIPAL#terraform-bot#{part:02}"), format!("SCORECARD#{part:02}"));
    let keys = (0..16).map(key);
    let found = world.items("/tables/metrics", keys);
    let sum = |name: &str| -> u64 {
        found.values().map(|f| f.body[name].as_u64().unwrap_or_default()).sum()
    };
    let wrong = counts.iter().filter(|(name, n)| sum(name) != **n);
    wrong.map(|(name, n)| format!("scorecard: {name} is {}, not {n}", sum(name))).collect()
}

/// Changes whose ledger was written more or less often than that of the others of their kind. Each step of a change
/// writes its head once, so a step that took effect twice shows here, even if both published the same events.
/// A permit that replaces an expired one writes it once more.
pub(crate) fn of_writes(
    world: &World,
    letters: &Letters,
    replaced: &BTreeMap<String, usize>,
) -> Vec<(String, String)> {
    let waiting: BTreeSet<String> = letters.waiting().into_iter().collect();
    let applied: BTreeSet<String> = letters.applied().into_values().flatten().collect();
    let head = |change: &String| (format!("CHANGE#{change}"), "HEAD".to_owned());
    let heads = world.items("/tables/ledger", letters.changes.keys().map(head));
    let mut kinds: BTreeMap<(bool, bool), BTreeMap<u64, Vec<&String>>> = BTreeMap::new();
    for change in letters.changes.keys() {
        let version = heads.get(&head(change)).map_or(0, |found| found.version);
        let more = replaced.get(change).map_or(0, |n| *n as u64);
        let version = version.saturating_sub(more);
        let kind = kinds.entry((waiting.contains(change), applied.contains(change))).or_default();
        kind.entry(version).or_default().push(change);
    }
    let mut wrong = Vec::new();
    for versions in kinds.values() {
        let usual = versions.iter().max_by_key(|(_, changes)| changes.len());
        let usual = usual.map_or(0, |(version, _)| *version);
        for (version, changes) in versions.iter().filter(|(version, _)| **version != usual) {
            let text = format!("its head was written {version} times, that of the others {usual}");
            wrong.extend(changes.iter().map(|change| ((*change).clone(), text.clone())));
        }
    }
    wrong
}
