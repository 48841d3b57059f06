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
/// permit that was used before was used by us, a permit that expired during an outage is replaced, and a report that is sent again
/// changes nothing.
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
    let Some(permit) = used(world, change, &permits, shared, &until) else { return };
    world.post(BOT, &format!("{permit}/heartbeat"), &json!({}));
    let outcome = json!({ "outcome": "succeeded", "duration_ms": 5, "verification": "looked" });
    until(&|| {
        let reported = world.post(BOT, &format!("{permit}/report"), &outcome);
        (reported.status == 200).then_some(reported.body)
    });
}

/// Tries a step until it has an answer; `None` if the storm is over.
type Until<'a> = dyn Fn(&dyn Fn() -> Option<Value>) -> Option<Value> + 'a;

/// The path of a permit of the change that was used. `None` if the storm is over.
fn used(
    world: &World,
    change: &str,
    permits: &str,
    shared: &Shared,
    until: &Until<'_>,
) -> Option<String> {
    let mut replaced = 0;
    let mut permit = None;
    loop {
        // With a key, as an executor should: the answer may be lost after the permit was stored.
        let key = format!("storm-{replaced}");
        let issued = until(&|| {
            let shown = world.get("vic", &format!("/v1/changes/{change}"));
            let content = &shown.body["change"]["content_hash"];
            let request = json!({
                "revision": 1, "content_hash": content, "plan_hash": plan_hash(),
                "plan_file_sha256": plan_file_sha256(),
            });
            let ask = || world.post_once(BOT, permits, &key, &request);
            let asked = content.is_string().then(ask)?;
            let error = asked.body["error"].as_str();
            let is_over = matches!(error, Some("permit_expired" | "permit_used"));
            (asked.status == 201 || is_over).then_some(asked.body)
        })?;
        match issued["error"].as_str() {
            Some("permit_expired") => {
                replaced += 1;
                shared.replaced.lock().unwrap().insert(change.to_owned(), replaced);
                continue;
            }
            // By us: the answer was lost.
            Some(_) => return permit,
            None => {}
        }
        let path = format!("{permits}/{}", issued["permit_id"].as_str().unwrap());
        permit = Some(path.clone());
        let body = json!({
            "permit": issued["permit"], "account": ACCOUNT, "plan_hash": plan_hash(),
            "plan_file_sha256": plan_file_sha256(),
        });
        let used = until(&|| {
            let used = world.post(BOT, &format!("{path}/use"), &body);
            let error = used.body["error"].as_str();
            let is_over = matches!(error, Some("permit_expired" | "permit_used"));
            (used.status == 200 || is_over).then_some(used.body)
        })?;
        // Whether it was used before it expired, the answer to the same request for it says.
        if used["error"] != "permit_expired" {
            return permit;
        }
    }
}
