//! Event deliveries: duplicates, versions, poison messages and races.
// Stories may block: nothing else runs on their threads.
#![allow(clippy::disallowed_methods)]

use std::time::Duration;

use headgate_e2e::{Proposal, Tap, World, queue_body as entry};
use serde_json::{Value, json};

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn twenty_deliveries_make_one_change_and_one_set_of_events() {
    let world = World::new();
    let proposal = Proposal::new(&world, "dev");
    let mut tap = Tap::new(&world, &proposal.engagement);
    let twenty = vec![proposal.event(2); 20];
    world.put_events("agent.terraform-bot", &twenty);
    let shown = world.wait_status(&proposal.change, "approved");
    assert_eq!(shown["change"]["revision"], 1);
    let queues = world.output("/queues/intake/queue");
    assert!(queues.ends_with("intake"));
    // All twenty proposals were on the bus. Each type of resulting event has exactly one id.
    let counts = world.wait_for("twenty proposals and the decision on the bus", || {
        let counts = tap.counts();
        let proposed: usize =
            counts.iter().filter(|(k, _)| k.0 == "change.proposed.v2").map(|(_, n)| n).sum();
        let decided = counts.keys().any(|k| k.0 == "approval.decided.v2");
        (proposed == 20 && decided).then_some(counts)
    });
    for kind in
        ["change.proposed.v2", "change.accepted.v1", "review.completed.v2", "approval.decided.v2"]
    {
        let ids: Vec<_> = counts.keys().filter(|k| k.0 == kind).collect();
        assert_eq!(ids.len(), 1, "{counts:?}");
    }
    assert!(counts.keys().all(|k| k.0 != "change.refused.v1"), "{counts:?}");
    // The timeline contains each event once.
    world.wait_event(&proposal.engagement, "approval.decided.v2");
    let entries = world.timeline(&proposal.engagement);
    let mut ids: Vec<_> = entries.iter().map(|e| e.event["id"].to_string()).collect();
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn both_versions_of_a_proposal_work() {
    let world = World::new();
    for version in [1, 2] {
        let proposal = Proposal::new(&world, "dev");
        proposal.put(&world, version);
        let shown = world.wait_status(&proposal.change, "approved");
        let owner = &shown["proposed"]["agent"]["human_owner"];
        let expected = if version == 1 { Value::Null } else { json!("dana") };
        assert_eq!(owner, &expected);
    }
}

/// Waits for a quarantined message with this error type whose reason contains `marker` or whose subject is
/// `marker`.
fn quarantined(world: &World, marker: &str, code: &str) -> Value {
    world.wait_for(&format!("a message with {code} in quarantine"), || {
        world.quarantined().into_iter().find(|e| {
            let reason = e["reason"].as_str().unwrap();
            e["error_type"] == code && (reason.contains(marker) || e["subject"] == marker)
        })
    })
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn poison_is_quarantined_and_its_neighbours_succeed() {
    let world = World::new();
    let good: Vec<_> = (0..6).map(|_| Proposal::new(&world, "dev")).collect();
    let mut bodies: Vec<String> = good
        .iter()
        .map(|p| {
            let (kind, detail) = p.event(2);
            entry(&kind, &detail)
        })
        .collect();
    let spoiled = Proposal::new(&world, "dev");
    let (kind, mut detail) = spoiled.event(2);
    detail["data"]["dossier"].as_object_mut().unwrap().remove("rollback");
    bodies.insert(1, "this is not JSON".to_owned());
    bodies.insert(3, entry("change.proposed.v77", &spoiled.event(2).1));
    bodies.insert(5, entry(&kind, &detail));
    // This event is valid, but no rule routes it to this consumer.
    let accepted = include_str!("../../../events/fixtures/change.accepted.v1.json");
    bodies.insert(7, entry("change.accepted.v1", &serde_json::from_str(accepted).unwrap()));
    let queue = world.output("/queues/intake/queue");
    world.send_batch(queue.rsplit(':').next().unwrap(), &bodies);

    for proposal in &good {
        world.wait_status(&proposal.change, "approved");
    }
    let malformed = quarantined(&world, "line 1", "body_malformed");
    let version = quarantined(&world, "change.proposed.v77", "event_version_unknown");
    let schema = quarantined(&world, "rollback", "event_schema");
    let unexpected = quarantined(&world, "change.accepted.v1", "event_unexpected");
    assert_eq!(
        schema["reason"],
        "detail of `change.proposed.v2` is invalid at `data.dossier`: missing field `rollback`"
    );
    for entry in [&malformed, &version, &schema, &unexpected] {
        // Quarantined after one delivery, not after maxReceiveCount deliveries.
        assert_eq!(
            (&entry["consumer"], &entry["attempts"]),
            (&json!("intake"), &json!(1)),
            "{entry}"
        );
        let id = entry["quarantine_id"].as_str().unwrap();
        let shown = world.get("olga", &format!("/v1/quarantine/messages/{id}")).ok();
        assert_eq!(shown["body"]["sha256"].as_str().unwrap().len(), 64);
        let path = format!("/v1/quarantine/messages/{id}");
        world.get("alice", &path).refused(403, "role_missing");
    }
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn an_unknown_version_on_the_bus_is_quarantined() {
    let world = World::new();
    let proposal = Proposal::new(&world, "dev");
    let (_, mut detail) = proposal.event(2);
    detail["type"] = json!("change.proposed.v9");
    world.put_events("agent.terraform-bot", &[("change.proposed.v9".to_owned(), detail)]);
    quarantined(&world, "change.proposed.v9", "event_version_unknown");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_decision_that_races_a_reminder_is_not_lost() {
    let world = World::new();
    // A wait slice lasts five seconds here, so the votes arrive just before and just after the first slice
    // ends.
    let proposals: Vec<_> = (0..8).map(|_| Proposal::new(&world, "local")).collect();
    for proposal in &proposals {
        proposal.send(&world).ok();
    }
    let shown: Vec<_> =
        proposals.iter().map(|p| world.wait_status(&p.change, "awaiting_decision")).collect();
    for (n, shown) in shown.iter().enumerate() {
        world.vote("alice", shown, "approve").ok();
        let opened: jiff::Timestamp =
            shown["approval"]["requested_at"].as_str().unwrap().parse().unwrap();
        let target = opened + jiff::SignedDuration::from_millis(4_600 + 100 * n as i64);
        let wait = target.duration_since(jiff::Timestamp::now());
        std::thread::sleep(Duration::try_from(wait).unwrap_or_default());
        assert_eq!(world.vote("bob", shown, "approve").ok()["outcome"], "approved");
    }
    for proposal in &proposals {
        world.wait_status(&proposal.change, "approved");
        world.wait_event(&proposal.engagement, "approval.decided.v2");
    }
    // Each workflow ends on its own, even if its wake-up did not arrive in time.
    for proposal in &proposals {
        world.wait_for("the end of the workflow", || {
            (world.execution_status(&format!("{}-r1", proposal.change))? == "SUCCEEDED")
                .then_some(())
        });
    }
}
