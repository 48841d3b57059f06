//! What a storm did, to the message.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::time::Duration;

use headgate_domain::timeline::{Head, verify};
use serde::Serialize;

use super::ending::Ending;

/// Totals of a storm.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Messages that were sent.
    pub sent: usize,
    /// Changes that came to their end, each with a whole timeline.
    pub done: usize,
    /// Copies of proposals that had no effect.
    pub duplicates_suppressed: usize,
    /// Records that consumers gave back to be tried again, as they count it; a killed one counts
    /// nothing.
    pub retried: u64,
    /// Poison in quarantine, with its reason.
    pub poisoned: usize,
    /// Runs that sent messages again whose consumers were killed too often.
    pub redriven: u64,
    /// Changes without an end, or with a gap in their record.
    pub lost: usize,
    /// Changes to which something happened twice.
    pub doubled: usize,
    /// Functions that were killed.
    pub killed: BTreeMap<String, u32>,
    /// What else consumers counted.
    pub counted: BTreeMap<String, u64>,
    /// Seconds that it took to send everything, and until everything was at its end.
    pub seconds: (u64, u64),
    /// What does not add up; empty if all does.
    pub complaints: Vec<String>,
}

/// Says how it goes, on one line.
pub(crate) fn say(text: &str) {
    drop(writeln!(std::io::stderr(), "   {text}"));
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
    let (mut done, mut lost, mut doubled) = (0, 0, 0);
    let heard = ending.shared.heard.lock().unwrap();
    for (change, engagement) in &letters.changes {
        let twice: Vec<_> =
            ["change.accepted", "review.completed", "approval.requested", "approval.decided"]
                .into_iter()
                .filter(|stem| heard.count(change, stem) > 1)
                .collect();
        let refused = heard.count(change, "change.refused");
        let entries = ending.timeline(engagement);
        let ids: Vec<_> =
            entries.iter().map(|e| e.event["id"].as_str().unwrap_or_default()).collect();
        let distinct: BTreeSet<_> = ids.iter().map(|id| (*id).to_owned()).collect();
        let said = heard.by_engagement.get(engagement).cloned().unwrap_or_default();
        let last = entries.last();
        let head = Head {
            seq: last.map_or(0, |e| e.seq),
            hash: last.map(|e| e.hash.clone()).unwrap_or_default(),
        };
        let whole = verify(&entries, &head).is_ok() && said.is_subset(&distinct);
        if heard.count(change, "approval.decided") == 0 || refused > 0 || !whole {
            lost += 1;
            complaints.push(format!("{change}: refused {refused}, whole record {whole}"));
        } else {
            done += 1;
        }
        if !twice.is_empty() || distinct.len() != ids.len() {
            doubled += 1;
            complaints.push(format!("{change}: twice {twice:?}, record {ids:?}"));
        }
    }
    let poison_on_bus: usize = letters.poison_on_bus.values().sum();
    // All that was put on the bus was heard: proposals and their copies, and poison of that name.
    let copies = heard.proposals.saturating_sub(letters.changes.len() + poison_on_bus);
    let poisoned = poisoned(ending, &mut complaints);
    let counted = ending.world.counted();
    let count = |names: &[&str]| names.iter().filter_map(|n| counted.get(*n)).sum();
    let sent = letters.all.len();
    let duplicates_suppressed = copies.saturating_sub(doubled);
    if done + duplicates_suppressed + poisoned != sent {
        complaints.push(format!("{done} + {duplicates_suppressed} + {poisoned} is not {sent}"));
    }
    if copies != letters.duplicates {
        complaints.push(format!("{copies} copies were heard, {} were sent", letters.duplicates));
    }
    Ok(Report {
        sent,
        done,
        duplicates_suppressed,
        retried: count(&["Retries", "Panics", "TimedOut", "HandedBack"]),
        poisoned,
        redriven,
        lost,
        doubled,
        killed,
        counted,
        seconds: (sending.as_secs(), all.as_secs()),
        complaints,
    })
}

/// Poison that is in quarantine, once for each consumer that got it.
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
        complaints.push(format!("{by_hand} bodies that are no events are in quarantine"));
    }
    if found + by_hand != ending.letters.poison() {
        complaints.push(format!("{} of {} poison", found + by_hand, ending.letters.poison()));
    }
    found + by_hand
}
