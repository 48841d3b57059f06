//! During an update of the fleet, an old build and a new one read the same queue, and the senders already publish new versions.

use std::collections::BTreeMap;

use headgate_e2e::{Proposal, World};
use serde_json::Value;

/// What the fleet publishes in two versions. The old build knows only the first.
const NEWEST: [&str; 2] = ["review.completed.v2", "approval.decided.v2"];
const CHANGES: usize = 12;

/// A build that does not know the newest versions: the deployed one, with their names overwritten in its binary. Everything else is
/// the same, as in two builds with one change between them.
fn without_the_newest(bootstrap: &mut [u8]) {
    for kind in NEWEST {
        let mut found = 0;
        let unknown = kind.replace(".v2", ".v0");
        for at in 0..bootstrap.len() - kind.len() {
            let place = &mut bootstrap[at..at + kind.len()];
            if place == kind.as_bytes() {
                place.copy_from_slice(unknown.as_bytes());
                found += 1;
            }
        }
        assert!(found > 0, "{kind} is not in the binary");
    }
}

/// Messages of unknown versions in quarantine that the consumer could not read, by group.
fn unknown_versions(world: &World) -> BTreeMap<String, Value> {
    let groups = world.groups().into_iter();
    let groups = groups.filter(|g| {
        let kind = g["group"]["error_type"].as_str().unwrap();
        g["group"]["consumer"] == "metrics-finalizer" && kind.starts_with("event_version")
    });
    groups.map(|g| (g["group"]["fingerprint"].to_string(), g["open"].clone())).collect()
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn an_old_build_leaves_new_versions_to_the_new_one() {
    let world = World::new();
    let before = unknown_versions(&world);
    let old = world.deploy_beside("metrics-finalizer", &without_the_newest);
    let plan = world.upload("terraform-bot", headgate_e2e::PLAN.as_bytes());
    let proposals: Vec<_> =
        (0..CHANGES).map(|_| Proposal::with_plan(&world, "dev", &plan)).collect();
    let events: Vec<_> = proposals.iter().map(|p| p.event(2)).collect();
    world.put_events("agent.terraform-bot", &events);
    // Both take part: the old one meets versions that it does not know, and records what it does.
    world.wait_long_for("the old build", || {
        let said = world.log_lines(&old.function, "");
        let met = |line: &String| line.contains("later version than this build knows");
        let did = |line: &String| {
            let line: Value = serde_json::from_str(line.trim()).unwrap_or_default();
            line["Done"].as_u64() > Some(0)
        };
        (said.iter().any(met) && said.iter().any(did)).then_some(())
    });
    // The update goes on. What the old one handed back waits for the new one, if only for its delay.
    world.remove(&old);
    let expected =
        ["approval.decided.v2", "change.accepted.v1", "change.proposed.v2", "review.completed.v2"];
    for proposal in &proposals {
        world.wait_long_for("all facts of a change", || {
            let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
            for entry in world.timeline(&proposal.engagement) {
                *kinds.entry(entry.event["type"].as_str()?.to_owned()).or_default() += 1;
            }
            assert!(kinds.values().all(|n| *n == 1), "recorded twice: {kinds:?}");
            expected.iter().all(|kind| kinds.contains_key(*kind)).then_some(())
        });
    }
    // Nothing became a dead letter.
    assert_eq!(unknown_versions(&world), before);
}
