//! The executors of a storm: permit, use, heartbeat and report of approved changes.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Shared, patient};
use crate::approved::{ACCOUNT, BOT};
use crate::plan::{plan_file_sha256, plan_hash};
use crate::world::World;

/// Applies changes as soon as they are approved, those of each environment one after the other: its lock allows no more. Returns when
/// all are reported, or the storm is over.
pub(crate) fn apply(
    environments: BTreeMap<&'static str, Vec<String>>,
    shared: &Arc<Shared>,
) -> Vec<JoinHandle<()>> {
    let one = |mut waiting: Vec<String>| {
        let shared = Arc::clone(shared);
        std::thread::spawn(move || {
            let world = patient::world();
            while !waiting.is_empty() && !shared.over.load(Ordering::SeqCst) {
                let next = {
                    let heard = shared.heard.lock().unwrap();
                    let decided = |c: &String| heard.count(c, "approval.decided") > 0;
                    waiting.iter().position(decided)
                };
                match next {
                    Some(n) => executed(&world, &waiting.remove(n), &shared),
                    None => std::thread::sleep(Duration::from_millis(200)),
                }
            }
        })
    };
    environments.into_values().map(one).collect()
}

/// Applies one change. A function may be killed before or after it commits, so each step is tried until its answer says what is true: a
/// permit that was used before was used by us, and a report that is sent again changes nothing.
fn executed(world: &World, change: &str, shared: &Shared) {
    let permits = format!("/v1/changes/{change}/permits");
    let until = |step: &dyn Fn() -> Option<Value>| loop {
        if shared.over.load(Ordering::SeqCst) {
            return None;
        }
        if let Some(said) = step() {
            return Some(said);
        }
        std::thread::sleep(Duration::from_millis(100));
    };
    let issued = until(&|| {
        let shown = world.get("vic", &format!("/v1/changes/{change}"));
        let content = &shown.body["change"]["content_hash"];
        let request = json!({
            "revision": 1, "content_hash": content, "plan_hash": plan_hash(),
            "plan_file_sha256": plan_file_sha256(),
        });
        // With a key, as an executor should: the answer may be lost after the permit was stored.
        let ask = || world.post_once(BOT, &permits, "storm", &request);
        let asked = content.is_string().then(ask)?;
        (asked.status == 201).then_some(asked.body)
    });
    let Some(issued) = issued else { return };
    let permit = format!("{permits}/{}", issued["permit_id"].as_str().unwrap());
    let body = json!({
        "permit": issued["permit"], "account": ACCOUNT, "plan_hash": plan_hash(),
        "plan_file_sha256": plan_file_sha256(),
    });
    until(&|| {
        let used = world.post(BOT, &format!("{permit}/use"), &body);
        (used.status == 200 || used.body["error"] == "permit_used").then_some(used.body)
    });
    world.post(BOT, &format!("{permit}/heartbeat"), &json!({}));
    let outcome = json!({ "outcome": "succeeded", "duration_ms": 5, "verification": "looked" });
    until(&|| {
        let reported = world.post(BOT, &format!("{permit}/report"), &outcome);
        (reported.status == 200).then_some(reported.body)
    });
}
