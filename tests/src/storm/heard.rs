//! Every event that was on the bus during a storm.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;
use std::time::Duration;

use headgate_domain::canonical::sha256_hex;
use serde_json::Value;

use super::{Shared, patient};
use crate::bus::Tap;
use crate::world::World;

/// The events received from the bus.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    /// Event ids by change and event type, without the version.
    pub(crate) by_change: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
    /// Event ids by engagement.
    pub(crate) by_engagement: BTreeMap<String, BTreeSet<String>>,
    /// Number of proposals received, including copies.
    pub(crate) proposals: usize,
    /// Contents by event id, as digests.
    contents: BTreeMap<String, BTreeSet<String>>,
}

impl Heard {
    pub(super) fn note(&mut self, event: &Value) {
        let text = |key: &str| event[key].as_str().unwrap_or_default().to_owned();
        let kind = text("type");
        let stem = kind.rsplit_once(".v").map_or(kind.as_str(), |(stem, _)| stem).to_owned();
        self.proposals += usize::from(stem == "change.proposed");
        let change = self.by_change.entry(text("subject")).or_default();
        change.entry(stem).or_default().insert(text("id"));
        let content = sha256_hex(event.to_string().as_bytes());
        self.contents.entry(text("id")).or_default().insert(content);
        self.by_engagement.entry(text("correlationid")).or_default().insert(text("id"));
    }

    /// Ids of a change's events that were published with different contents: a step that was decided twice.
    pub(crate) fn different(&self, change: &str) -> Vec<&String> {
        let ids = self.by_change.get(change).into_iter().flat_map(BTreeMap::values).flatten();
        ids.filter(|id| self.contents.get(*id).is_some_and(|all| all.len() > 1)).collect()
    }

    /// Number of changes that are decided.
    pub(crate) fn decided(&self) -> usize {
        self.by_change.values().filter(|c| c.contains_key("approval.decided")).count()
    }

    /// Number of distinct events of an engagement.
    pub(crate) fn said(&self, engagement: &str) -> usize {
        self.by_engagement.get(engagement).map_or(0, BTreeSet::len)
    }

    /// Number of distinct events of a type about a change.
    pub(crate) fn count(&self, change: &str, stem: &str) -> usize {
        self.by_change.get(change).and_then(|c| c.get(stem)).map_or(0, BTreeSet::len)
    }
}

/// Records every event on the bus until the storm is over.
pub(crate) fn listen(world: &World, shared: &Arc<Shared>) -> JoinHandle<()> {
    let url = Tap::everything(world);
    let shared = Arc::clone(shared);
    std::thread::spawn(move || {
        let world = patient::world();
        loop {
            // Read before draining, so that events published before the end are still recorded.
            let over = shared.over.load(Ordering::SeqCst);
            let bodies = world.drain(&url);
            let mut heard = shared.heard.lock().unwrap();
            for body in &bodies {
                let body: Value = serde_json::from_str(body).unwrap();
                heard.note(&body["detail"]);
            }
            drop(heard);
            if over && bodies.is_empty() {
                return;
            }
            std::thread::sleep(Duration::from_millis(200));
        }
    })
}
