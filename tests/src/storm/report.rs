//! The report of a storm. It accounts for every message that was sent.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use headgate_domain::timeline::{Entry, Head, verify};
use serde::Serialize;

use super::ending::Ending;
use super::engage::{Carried, Outcome};
use super::figures;

/// Totals of a storm.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Number of messages sent.
    pub sent: usize,
    /// Changes that were decided and have a complete timeline.
    pub done: usize,
    /// Changes that were applied and reported.
    pub applied: usize,
    /// Duplicate proposals that had no effect.
    pub duplicates_suppressed: usize,
    /// Records that consumers returned for a retry, from the consumers' own metrics. A killed consumer
    /// reports no metrics.
    pub retried: u64,
    /// Poison messages in quarantine with the expected reason.
    pub poisoned: usize,
    /// Redrive runs for messages whose consumers were killed too often.
    pub redriven: u64,
    /// Changes that were not decided, were refused, or have an incomplete timeline.
    pub lost: usize,
    /// Changes with a step that happened twice.
    pub doubled: usize,
    /// Engagements beside the changes.
    pub engagements: Engagements,
    /// Number of kills per function.
    pub killed: BTreeMap<String, u32>,
    /// Totals of all metrics that the consumers logged.
    pub counted: BTreeMap<String, u64>,
    /// Seconds until all messages were sent, and until the storm was over.
    pub seconds: (u64, u64),
    /// Descriptions of each mismatch; empty if everything adds up.
    pub complaints: Vec<String>,
}

/// What became of the engagements.
#[derive(Debug, Serialize)]
pub struct Engagements {
    /// Those that came to their end, each step once.
    pub done: usize,
    /// Those with a step that is missing, or an incomplete timeline.
    pub lost: usize,
    /// Those with a step that happened twice.
    pub doubled: usize,
}

pub(crate) fn report(
    ending: &Ending<'_>,
    killed: BTreeMap<String, u32>,
    redriven: u64,
    sending: Duration,
    all: Duration,
) -> Result<Report, String> {
    let letters = ending.letters;
    let mut complaints = Vec::new();
    let (mut done, mut lost) = (0, 0);
    let mut doubled: BTreeSet<&str> = BTreeSet::new();
    let heard = ending.shared.heard.lock().unwrap();
    let engagements: BTreeSet<_> = letters.changes.values().collect();
    let timelines: BTreeMap<String, Vec<Entry>> =
        engagements.into_iter().map(|e| (e.clone(), ending.timeline(e))).collect();
    let mut broken = BTreeSet::new();
    let replaced = ending.shared.replaced.lock().unwrap().clone();
    for (engagement, entries) in &timelines {
        let said = heard.by_engagement.get(engagement).cloned().unwrap_or_default();
        if let Some(complaint) = broken_timeline(entries, &said) {
            broken.insert(engagement);
            complaints.push(format!("{engagement}: {complaint}"));
        }
        complaints.extend(figures::of_engagement(ending.world, engagement, entries));
    }
    complaints.extend(figures::of_proposer(ending.world, &timelines));
    for (change, engagement) in &letters.changes {
        let twice: Vec<_> = [
            "change.accepted",
            "review.completed",
            "approval.requested",
            "approval.decided",
            "permit.issued",
            "change.executed",
            "change.finalized",
        ]
        .into_iter()
        .filter(|stem| {
            // Each was asked for with a key of its own.
            let more = replaced.get(change).filter(|_| *stem == "permit.issued");
            heard.count(change, stem) > 1 + more.copied().unwrap_or_default()
        })
        .collect();
        let refused = heard.count(change, "change.refused");
        let undecided = heard.count(change, "approval.decided") == 0;
        let unapplied = letters.is_applied(change) && heard.count(change, "change.finalized") == 0;
        if undecided || unapplied || refused > 0 || broken.contains(engagement) {
            lost += 1;
            complaints.push(format!(
                "{change}: refusals {refused}, undecided {undecided}, not applied {unapplied}"
            ));
        } else {
            done += 1;
        }
        let different = heard.different(change);
        if !twice.is_empty() || !different.is_empty() {
            doubled.insert(change);
            complaints.push(format!("{change}: repeated {twice:?}, other contents {different:?}"));
        }
    }
    let mut engaged = Outcome::of(ending.engaged, &heard);
    for Carried { id, .. } in ending.engaged {
        let said = heard.by_engagement.get(id).cloned().unwrap_or_default();
        if let Some(complaint) = broken_timeline(&ending.timeline(id), &said) {
            engaged.lost += 1;
            engaged.complaints.push(format!("{id}: {complaint}"));
        }
    }
    complaints.append(&mut engaged.complaints);
    let Outcome { done: ended, lost: unended, doubled: twice, .. } = engaged;
    let written = figures::of_writes(ending.world, letters, &replaced);
    for (change, complaint) in &written {
        doubled.insert(change);
        complaints.push(format!("{change}: {complaint}"));
    }
    let doubled = doubled.len();
    let poison_on_bus: usize = letters.poison_on_bus.values().sum();
    // The listener received every proposal on the bus: originals, copies and poison proposals.
    let copies = heard.proposals.saturating_sub(letters.changes.len() + poison_on_bus);
    let poisoned = poisoned(ending, &mut complaints);
    let counted = ending.world.counted();
    let count = |names: &[&str]| names.iter().filter_map(|n| counted.get(*n)).sum();
    let sent = letters.all.len();
    let duplicates_suppressed = copies.saturating_sub(doubled);
    if done + duplicates_suppressed + poisoned != sent {
        complaints.push(format!(
            "{done} done + {duplicates_suppressed} copies + {poisoned} poisoned is not {sent} sent"
        ));
    }
    if copies != letters.duplicates {
        complaints.push(format!("{copies} copies on the bus, {} were sent", letters.duplicates));
    }
    Ok(Report {
        sent,
        done,
        applied: letters.applied().values().map(Vec::len).sum(),
        duplicates_suppressed,
        retried: count(&["Retries", "Panics", "TimedOut", "HandedBack"]),
        poisoned,
        redriven,
        lost,
        doubled,
        engagements: Engagements { done: ended, lost: unended, doubled: twice },
        killed,
        counted,
        seconds: (sending.as_secs(), all.as_secs()),
        complaints,
    })
}

/// What is wrong with a timeline: a broken chain, an event that is there twice, or one that is missing.
fn broken_timeline(entries: &[Entry], said: &BTreeSet<String>) -> Option<String> {
    let last = entries.last();
    let head = Head {
        seq: last.map_or(0, |e| e.seq),
        hash: last.map(|e| e.hash.clone()).unwrap_or_default(),
    };
    if let Err(broken) = verify(entries, &head) {
        return Some(broken.to_string());
    }
    let mut known = BTreeSet::new();
    for entry in entries {
        let id = entry.event["id"].as_str().unwrap_or_default();
        if !known.insert(id.to_owned()) {
            return Some(format!("{id} is on the timeline twice"));
        }
    }
    said.difference(&known).next().map(|id| format!("{id} is not on the timeline"))
}

/// Counts the poison messages in quarantine. Checks that each consumer quarantined each one it received.
fn poisoned(ending: &Ending<'_>, complaints: &mut Vec<String>) -> usize {
    let entries = ending.world.quarantined();
    let of = |consumer: &str, reason: &str| {
        let matches = |e: &&serde_json::Value| {
            e["consumer"] == consumer && e["reason"].as_str().is_some_and(|r| r.contains(reason))
        };
        entries.iter().filter(matches).count()
    };
    let mut found = 0;
    for (reason, sent) in &ending.letters.poison_on_bus {
        for consumer in ["intake", "metrics-finalizer"] {
            if of(consumer, reason) != *sent {
                complaints.push(format!(
                    "{consumer}: {} of {sent} in quarantine with {reason}",
                    of(consumer, reason)
                ));
            }
        }
        found += of("intake", reason).min(*sent);
    }
    let by_hand = of("intake", "body is not an EventBridge event");
    if by_hand != ending.letters.poison_by_hand {
        complaints.push(format!("unexpected number of malformed bodies in quarantine: {by_hand}"));
    }
    // Both consumers of the bus, and one of the queue. Nothing else belongs there, whatever failed meanwhile.
    let expected = 2 * ending.letters.poison_on_bus.values().sum::<usize>() + by_hand;
    if entries.len() != expected {
        let kinds: Vec<_> =
            entries.iter().map(|e| format!("{} {}", e["consumer"], e["error_type"])).collect();
        complaints.push(format!("{} in quarantine, not {expected}: {kinds:?}", entries.len()));
    }
    if found + by_hand != ending.letters.poison() {
        complaints.push(format!(
            "{} of {} poison messages are in quarantine",
            found + by_hand,
            ending.letters.poison()
        ));
    }
    found + by_hand
}
