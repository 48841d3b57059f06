//! What runs every minute: it finds what nobody else would notice.

use headgate_e2e::{Proposal, World};
use headgate_events::latest::PermitIssued;
use headgate_events::{EngagementId, FunctionName};
use headgate_ledger::{Commit, Key, Ledger, Transition};
use headgate_outbox::Emit;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

/// The function died between its commit and its publication: in each table that has an outbox.
#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn what_a_dead_function_committed_is_published() {
    let world = World::new();
    let committed_at = Timestamp::now() - SignedDuration::from_mins(1);
    let mut left = Vec::new();
    for table in ["ledger", "metrics", "quarantine"] {
        let engagement = EngagementId::from(world.id("eng").as_str());
        let permit = world.id("permit");
        let issued = PermitIssued {
            revision: 1,
            permit_id: permit.clone(),
            content_hash: "c0ffee".into(),
            account: "000000000000".to_owned(),
            expires_at: committed_at,
        };
        let emit = Emit::new(FunctionName::new("permits-api"), committed_at, &engagement);
        let change = world.id("chg");
        let event = emit.event((&change, 1), &permit, issued).unwrap();
        let marker = Key::marker("permits", &permit);
        let transition = Transition::new().publishing(event).marked(marker.clone(), committed_at);
        let ledger = Ledger::new(world.dynamodb(), world.output(&format!("/tables/{table}")));
        assert_eq!(world.block_on(ledger.commit(&transition)).unwrap(), Commit::Applied);
        left.push((ledger, marker, engagement));
    }
    world.sweep("outbox-sweeper");
    for (ledger, marker, engagement) in left {
        world.wait_long_for("the event of the dead function", || {
            let entries = world.timeline(engagement.as_str()).into_iter();
            entries.map(|e| e.event).find(|e| e["type"] == "permit.issued.v1")
        });
        world.wait_for("the mark of publication", || {
            let (_, published) = world.block_on(ledger.marker(&marker)).unwrap().unwrap();
            published.then_some(())
        });
        // Off the list: the next sweep does not find it again.
        for shard in 0..headgate_ledger::OUTBOX_SHARDS {
            let listed = world.block_on(ledger.unpublished(shard, Timestamp::now(), None)).unwrap();
            assert!(!listed.0.contains(&marker), "{marker} is still listed");
        }
    }
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_workflow_that_is_gone_starts_again_and_the_votes_still_decide() {
    let world = World::new();
    let proposal = Proposal::new(&world, "local");
    proposal.send(&world).ok();
    let shown = world.wait_status(&proposal.change, "awaiting_decision");
    world.vote("alice", &shown, "approve").ok();
    let first = format!("{}-r1", proposal.change);
    world.wait_for("the workflow", || (world.execution_status(&first)? == "RUNNING").then_some(()));
    world.stop_execution(&first);
    // LocalStack ends it some time after it has answered.
    world.wait_for("the end of the workflow", || {
        (world.execution_status(&first)? != "RUNNING").then_some(())
    });
    // Step Functions may list an execution late, so a new approval is left alone for five minutes: make it older.
    let key = (format!("CHANGE#{}", proposal.change), "APPROVAL#000001");
    world.rewrite("/tables/ledger", (&key.0, key.1), &|body| {
        let mut approval: Value = serde_json::from_str(body).unwrap();
        approval["requested_at"] = json!(Timestamp::now() - SignedDuration::from_mins(10));
        approval.to_string()
    });
    world.sweep("approval-gate-sweep");
    let second = format!("{first}-2");
    world.wait_long_for("the second execution", || {
        (world.execution_status(&second)? == "RUNNING").then_some(())
    });
    // Emulators name the end differently.
    assert_ne!(world.execution_status(&first).as_deref(), Some("RUNNING"));
    // Alice's vote is in the ledger, so one more is enough, and it wakes the second execution.
    assert_eq!(world.vote("bob", &shown, "approve").ok()["outcome"], "approved");
    world.wait_for("the end of the second execution", || {
        (world.execution_status(&second)? == "SUCCEEDED").then_some(())
    });
}
