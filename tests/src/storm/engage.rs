//! The engagements of a storm: agents that report, and people who decide.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::json;

use super::heard::Heard;
use super::{Shared, patient};
use crate::world::World;

/// Number of threads that carry engagements on.
const THREADS: usize = 2;
/// An engagement of which nothing is heard is looked at again after this time.
const AGAIN: Duration = Duration::from_secs(15);
/// What happens in an engagement of the type `short`, by subject below it: how often each.
const STEPS: [(&str, &[(&str, usize)]); 3] = [
    ("", &[("engagement.started", 1), ("engagement.completed", 1)]),
    (
        "/build",
        &[
            ("phase.started", 1),
            ("phase.submitted", 1),
            ("phase.reviewed", 1),
            ("phase.requested", 1),
            ("phase.decided", 1),
            ("phase.completed", 1),
        ],
    ),
    (
        "/look",
        &[
            ("phase.started", 1),
            ("phase.submitted", 1),
            ("phase.reviewed", 1),
            ("phase.completed", 1),
        ],
    ),
];

/// The ids of the engagements of a storm.
pub(crate) fn ids(world: &World, count: usize) -> Vec<String> {
    (0..count).map(|_| world.id("eng")).collect()
}

/// Carries every engagement to its end, until all are there or the storm is over. Requests that fail because a function was killed are sent
/// again.
pub(crate) fn engage(ids: &[String], shared: &Arc<Shared>) -> Vec<JoinHandle<()>> {
    let part = |n: usize| ids.iter().skip(n).step_by(THREADS).cloned().collect::<Vec<_>>();
    let carry = |mine: Vec<String>| {
        let shared = Arc::clone(shared);
        std::thread::spawn(move || {
            let world = patient::world();
            let mut open: Vec<_> = mine.into_iter().map(|id| (id, None)).collect();
            while !open.is_empty() && !shared.over.load(Ordering::SeqCst) {
                for (id, seen) in &mut open {
                    // Looks when something was heard, and now and then: looking all the time would be most of the load.
                    let heard = shared.heard.lock().unwrap().said(id);
                    let is_due =
                        |(said, at): &(usize, Instant)| *said != heard || at.elapsed() > AGAIN;
                    if seen.as_ref().is_none_or(is_due) {
                        step(&world, id);
                        *seen = Some((heard, Instant::now()));
                    }
                }
                let heard = shared.heard.lock().unwrap();
                open.retain(|(id, _)| heard.count(id, "engagement.completed") == 0);
                drop(heard);
                std::thread::sleep(Duration::from_millis(500));
            }
        })
    };
    (0..THREADS).map(|n| carry(part(n))).collect()
}

/// Does what the engagement waits for. Errors are ignored: the next round tries again.
fn step(world: &World, id: &str) {
    let shown = world.get("vic", &format!("/v1/engagements/{id}"));
    if shown.status == 404 {
        let body = json!({
            "engagement_id": id, "type": "short", "goal": "a storm", "environment": "dev",
            "members": { "dev": "terraform-bot" },
        });
        world.post("dana", "/v1/engagements", &body);
        return;
    }
    let course = &shown.body["course"];
    let Some(current) = course["current"].as_u64() else { return };
    let current = usize::try_from(current).unwrap_or_default();
    let Some(phase) = course["phases"][current]["id"].as_str() else { return };
    let at = format!("/v1/engagements/{id}/phases/{phase}");
    match course["status"].as_str() {
        Some("working") => {
            let report = json!({ "result": "done", "summary": "Done." });
            let body = json!({ "attempt": course["attempt"], "report": report });
            world.post("terraform-bot", &format!("{at}/report"), &body);
        }
        Some("deciding") if !shown.body["approval"].is_null() => {
            let approval = &shown.body["approval"];
            let body = json!({
                "revision": approval["revision"], "content_hash": approval["content_hash"], "vote": "approve",
                "ballot": "first",
            });
            world.post("alice", &format!("{at}/decisions"), &body);
        }
        _ => {}
    }
}

/// What became of the engagements, by the events on the bus: nothing that the fleet stores.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) done: usize,
    pub(crate) lost: usize,
    pub(crate) doubled: usize,
    pub(crate) complaints: Vec<String>,
}

impl Outcome {
    pub(crate) fn of(ids: &[String], heard: &Heard) -> Self {
        let mut all = Self::default();
        for id in ids {
            let (mut missing, mut repeated) = (BTreeMap::new(), BTreeMap::new());
            let mut different = BTreeSet::new();
            for (below, steps) in STEPS {
                let subject = format!("{id}{below}");
                for (stem, wanted) in steps {
                    let found = heard.count(&subject, stem);
                    if found < *wanted {
                        missing.insert(format!("{below} {stem}"), found);
                    }
                    if found > *wanted {
                        repeated.insert(format!("{below} {stem}"), found);
                    }
                }
                different.extend(heard.different(&subject));
            }
            all.lost += usize::from(!missing.is_empty());
            all.doubled += usize::from(!repeated.is_empty() || !different.is_empty());
            all.done += usize::from(missing.is_empty() && repeated.is_empty());
            if !missing.is_empty() || !repeated.is_empty() || !different.is_empty() {
                all.complaints.push(format!(
                    "{id}: missing {missing:?}, repeated {repeated:?}, other contents {different:?}"
                ));
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::Value;

    use super::*;

    fn told(events: &[(&str, &str)]) -> Outcome {
        let mut heard = Heard::default();
        for (n, (subject, kind)) in events.iter().enumerate() {
            let event: Value = json!({
                "type": format!("{kind}.v1"), "subject": subject, "id": n.to_string(), "correlationid": "e",
            });
            heard.note(&event);
        }
        Outcome::of(&["e".to_owned()], &heard)
    }

    /// The oracle notices one step that is missing, and one that happened twice.
    #[test]
    fn every_step_counts_once() {
        let steps = STEPS
            .iter()
            .flat_map(|(below, steps)| steps.iter().map(move |(stem, _)| (*below, *stem)));
        let all: Vec<_> = steps.map(|(below, stem)| (format!("e{below}"), stem)).collect();
        let all: Vec<_> = all.iter().map(|(subject, stem)| (subject.as_str(), *stem)).collect();
        let whole = told(&all);
        assert_eq!((whole.done, whole.lost, whole.doubled), (1, 0, 0), "{:?}", whole.complaints);
        for n in 0..all.len() {
            let mut less = all.clone();
            less.remove(n);
            assert_eq!(told(&less).lost, 1, "{:?}", all[n]);
            let mut more = all.clone();
            more.push(all[n]);
            assert_eq!(told(&more).doubled, 1, "{:?}", all[n]);
        }
    }
}
