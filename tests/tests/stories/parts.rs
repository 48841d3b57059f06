//! Facts wait in several queues, each for a part of the engagements. A rule that matches too little would lose facts, and one that matches too
//! much would let batches exclude each other again.

use headgate_e2e::{Approved, BOT, PLAN, Proposal, World};
use headgate_events::{EngagementId, PARTS};
use serde_json::{Value, json};

/// Which of the rules match an event with this `partitionkey`.
fn matching(world: &World, rules: &[String], key: Option<Value>) -> Vec<usize> {
    let mut detail = json!({ "correlationid": "eng-1" });
    if let Some(key) = key {
        detail["partitionkey"] = key;
    }
    let event = json!({
        "id": "1", "account": "000000000000", "region": "us-east-1", "time": "2026-11-30T00:00:00Z",
        "source": "headgate.intake", "detail-type": "change.accepted.v1", "resources": [],
        "detail": detail,
    });
    let matching = rules.iter().enumerate().filter(|(_, pattern)| world.matches(pattern, &event));
    matching.map(|(n, _)| n).collect()
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn every_fact_has_a_queue_and_each_part_only_one() {
    let world = World::new();
    let rules = world.patterns("headgate-local-metrics-finalizer");
    assert_eq!(rules.len(), 2, "{rules:?}");
    for part in 0..PARTS {
        let key = json!(format!("{part:02}"));
        assert_eq!(matching(&world, &rules, Some(key)), [usize::from(part) % rules.len()]);
    }
    // Events of builds before there were parts, and whatever else a sender writes there.
    assert_eq!(matching(&world, &rules, None), [0]);
    for odd in
        [json!("16"), json!("1"), json!(""), json!("01 "), json!(1), json!(null), json!(true)]
    {
        assert_eq!(matching(&world, &rules, Some(odd.clone())), [0], "{odd}");
    }
    for odd in
        [json!({}), json!({ "01": "01" }), json!([]), json!(["01", "00"]), json!(["01", "03"])]
    {
        assert!(!matching(&world, &rules, Some(odd.clone())).is_empty(), "{odd}");
    }
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn timelines_of_all_parts_are_written() {
    let world = World::new();
    for queue in 0..2 {
        let engagement = loop {
            let name = world.id("eng");
            if EngagementId::from(name.as_str()).part() % 2 == queue {
                break name;
            }
        };
        world.engage(&engagement);
        let plan = world.upload(BOT, PLAN.as_bytes());
        let proposal = Proposal::within(&world, &engagement, "dev", &plan);
        drop(Approved::of(&world, proposal).permit());
        world.wait_event(&engagement, "permit.issued.v1");
        let events: Vec<_> = world.timeline(&engagement).into_iter().map(|e| e.event).collect();
        let part = EngagementId::from(engagement.as_str()).partition_key();
        let of_the_fleet = events.iter().filter(|e| e["source"] != "agent.terraform-bot");
        assert!(of_the_fleet.clone().count() >= 4);
        assert!(of_the_fleet.clone().all(|e| e["partitionkey"] == part.as_str()), "{events:?}");
    }
}
