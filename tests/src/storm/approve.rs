//! The reviewers of a storm.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;
use std::time::Duration;

use super::{Shared, patient};
use crate::world::World;

/// Approves every waiting change as alice and bob, until all are decided or the storm is over. Votes that
/// fail because a function was killed are retried.
pub(crate) fn approve(mut waiting: Vec<String>, shared: &Arc<Shared>) -> JoinHandle<()> {
    let shared = Arc::clone(shared);
    std::thread::spawn(move || {
        let world = patient::world();
        while !waiting.is_empty() && !shared.over.load(Ordering::SeqCst) {
            // Only fetches changes that are ready for a decision; otherwise fetching would take all the time.
            let ready: Vec<String> = {
                let heard = shared.heard.lock().unwrap();
                let asks = |c: &&String| heard.count(c, "approval.requested") > 0;
                waiting.iter().filter(asks).take(20).cloned().collect()
            };
            for change in &ready {
                decide(&world, change);
            }
            let heard = shared.heard.lock().unwrap();
            waiting.retain(|c| heard.count(c, "approval.decided") == 0);
            drop(heard);
            std::thread::sleep(Duration::from_millis(200));
        }
    })
}

/// Votes as both reviewers. Errors are ignored: the next round tries again, and a second vote by one reviewer
/// is refused.
fn decide(world: &World, change: &str) {
    let shown = world.get("vic", &format!("/v1/changes/{change}"));
    if shown.status != 200 || shown.body["approval"].is_null() {
        return;
    }
    for who in ["alice", "bob"] {
        world.vote(who, &shown.body, "approve");
    }
}
