//! The tables are restored to a point in time: first the figures, then the ledger, as if to a later time. Only MiniStack restores tables;
//! LocalStack leaves these stories out.

use std::collections::BTreeMap;

use clap::Parser as _;
use headgate_e2e::{Approved, BOT, PLAN, Proposal, World};
use headgate_restore::{Args, run};
use serde_json::Value;

/// Runs the tool as an operator does. Returns whether nothing is left to do.
fn restore(world: &World, args: &[&str]) -> bool {
    let args = Args::parse_from(["headgate-restore"].iter().chain(args));
    world.block_on(run(args)).unwrap()
}

/// Everything that the figures say about an engagement and its changes.
fn figures(
    world: &World,
    table: &str,
    engagement: &str,
    changes: &[&str],
) -> BTreeMap<String, Value> {
    let of = |pk: String, sk: &str| (pk, sk.to_owned());
    let mut keys = vec![of(format!("ENGAGEMENT#{engagement}"), "SUMMARY")];
    let phases = ["review", "decision", "execution"];
    keys.extend(phases.map(|p| of(format!("ENGAGEMENT#{engagement}"), &format!("PHASE#{p}"))));
    keys.extend(changes.iter().map(|change| of(format!("CHANGE#{change}"), "PROGRESS")));
    let found = world.items_in(table, keys).into_iter();
    found.map(|((pk, sk), item)| (format!("{pk}/{sk}"), item.body)).collect()
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn figures_that_are_older_than_the_ledger_are_completed_from_the_timelines() {
    let world = World::new();
    let [ledger, metrics] = ["ledger", "metrics"].map(|t| world.output(&format!("/tables/{t}")));
    let prefix = ledger.strip_suffix("ledger").unwrap();
    let [both, later] = ["a", "b"].map(|n| world.id(n).replace('-', ""));
    let named = |kind: &str, suffix: &str| format!("{prefix}{kind}-{suffix}");
    let now = jiff::Timestamp::now().to_string();

    // Restored together, nothing is missing, or as little as was recorded between the two.
    let first = Approved::new(&world, "dev");
    let engagement = first.proposal.engagement.clone();
    assert!(restore(&world, &["tables", "--prefix", prefix, "--suffix", &both, "--at", &now]));
    assert!(restore(&world, &["figures", "--prefix", prefix, "--suffix", &both]));

    // A whole change later, the ledger is restored again; the figures are those from before.
    let plan = world.upload(BOT, PLAN.as_bytes());
    let second = Approved::of(&world, Proposal::within(&world, &engagement, "dev", &plan));
    let (permit, body) = second.permit();
    world.use_permit(BOT, &format!("{permit}/use"), &body).ok();
    second.report(&permit, "succeeded");
    let changes = [first.proposal.change.as_str(), second.proposal.change.as_str()];
    world.wait_long_for("the end of the change", || {
        let entries = world.timeline(&engagement).into_iter().map(|entry| entry.event);
        entries
            .into_iter()
            .find(|e| e["type"] == "change.finalized.v1" && e["subject"] == changes[1])
    });
    for (from, to) in [
        (ledger.clone(), named("ledger", &later)),
        (named("metrics", &both), named("metrics", &later)),
    ] {
        let restore = world.dynamodb().restore_table_to_point_in_time();
        let restore = restore.source_table_name(from).target_table_name(to);
        world.block_on(restore.use_latest_restorable_time(true).send()).unwrap();
    }
    let whole = figures(&world, &metrics, &engagement, &changes);
    let lacking = figures(&world, &named("metrics", &later), &engagement, &changes);
    assert_ne!(lacking, whole);
    assert!(restore(&world, &["figures", "--prefix", prefix, "--suffix", &later]));
    assert_eq!(figures(&world, &named("metrics", &later), &engagement, &changes), whole);

    // Figures that are ahead of a timeline are told, not touched.
    for (from, to) in [("ledger", &both), ("metrics", &later)] {
        let restore = world.dynamodb().restore_table_to_point_in_time();
        let restore = restore.source_table_name(named(from, to));
        let restore = restore.target_table_name(named(from, &format!("{later}x")));
        world.block_on(restore.use_latest_restorable_time(true).send()).unwrap();
    }
    let ahead = format!("{later}x");
    assert!(!restore(&world, &["figures", "--prefix", prefix, "--suffix", &ahead]));
    assert_eq!(figures(&world, &named("metrics", &ahead), &engagement, &changes), whole);

    for suffix in [both, later, ahead] {
        for kind in ["ledger", "metrics"] {
            let delete = world.dynamodb().delete_table().table_name(named(kind, &suffix));
            world.block_on(delete.send()).unwrap();
        }
    }
}
