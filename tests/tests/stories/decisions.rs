//! The life of a change, from proposal to its end.

use headgate_e2e::{PLAN, Proposal, World, plan_file_sha256, plan_hash};
use serde_json::{Value, json};

fn permit_request(shown: &Value, plan_hash: &str) -> Value {
    json!({
        "revision": shown["change"]["revision"],
        "content_hash": shown["change"]["content_hash"],
        "plan_hash": plan_hash,
        "plan_file_sha256": plan_file_sha256(),
    })
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn approved_and_applied_under_a_permit() {
    let world = World::new();
    let proposal = Proposal::new(&world, "local");
    let (id, engagement) = (&proposal.change, &proposal.engagement);
    proposal.put(&world, 2);
    let shown = world.wait_status(id, "awaiting_decision");
    let permits = format!("/v1/changes/{id}/permits");
    let request = permit_request(&shown, &plan_hash());

    // No permit is issued before the decision.
    world.post("terraform-bot", &permits, &request).refused(409, "not_approved");
    assert_eq!(world.vote("alice", &shown, "approve").ok()["missing"], 1);
    world.vote("alice", &shown, "approve").refused(409, "already_voted");
    assert_eq!(world.vote("bob", &shown, "approve").ok()["outcome"], "approved");
    world.vote("carol", &shown, "approve").refused(409, "already_decided");
    world.wait_status(id, "approved");

    // Only executors get a permit, and only for the approved plan.
    world.post("alice", &permits, &request).refused(403, "role_missing");
    let other = permit_request(&shown, "0000");
    world.post("terraform-bot", &permits, &other).refused(409, "plan_hash_mismatch");
    let issued = world.post("terraform-bot", &permits, &request).ok();
    let permit = issued["permit_id"].as_str().unwrap();
    assert_eq!(issued["permit"].as_str().unwrap().split('.').count(), 3);
    let use_it = format!("{permits}/{permit}/use");
    let using = json!({
        "permit": issued["permit"], "account": "000000000000", "plan_hash": plan_hash(),
        "plan_file_sha256": plan_file_sha256(),
    });
    world.use_permit("terraform-bot", &use_it, &using).ok();

    report(&world, &proposal, &shown, permit);
    world.wait_status(id, "executed");
    let finalized = world.wait_event(engagement, "change.finalized.v1");
    assert_eq!(finalized["data"]["status"], "executed");
    assert_eq!(finalized["data"]["iterations_to_clean"], 1);
    world.wait_event(engagement, "permit.refused.v1");
    let mut kinds: Vec<_> = world
        .timeline(engagement)
        .iter()
        .map(|e| e.event["type"].as_str().unwrap().to_owned())
        .collect();
    kinds.sort();
    kinds.retain(|k| k != "approval.reminded.v2");
    assert_eq!(
        kinds,
        [
            "approval.decided.v2",
            "approval.requested.v2",
            "change.accepted.v1",
            "change.executed.v1",
            "change.finalized.v1",
            "change.proposed.v2",
            "permit.issued.v1",
            "permit.refused.v1",
            "permit.used.v1",
            "review.completed.v2",
        ]
    );
    // The timeline does not contain the signed permit.
    let record = serde_json::to_string(&world.timeline(engagement)).unwrap();
    assert!(!record.contains(issued["permit"].as_str().unwrap()));
    let metrics = world.wait_for("the metrics of the finalized change", || {
        let metrics = world.get("vic", &format!("/v1/engagements/{engagement}/metrics")).ok();
        (metrics["summary"]["finalized"] == 1).then_some(metrics)
    });
    for phase in ["review", "decision", "execution"] {
        assert_eq!(metrics["phases"][phase]["count"], 1, "{metrics}");
    }
}

fn report(world: &World, proposal: &Proposal, shown: &Value, permit: &str) {
    let (_, mut detail) = proposal.event(2);
    detail["type"] = json!("change.executed.v1");
    detail["dataschema"] = json!("urn:headgate:schema:change.executed.v1");
    detail["data"] = json!({
        "revision": shown["change"]["revision"],
        "content_hash": shown["change"]["content_hash"],
        "permit_id": permit,
        "outcome": "succeeded",
        "verification": "the queue answers",
        "duration_ms": 1200,
    });
    world.put_events("agent.terraform-bot", &[("change.executed.v1".to_owned(), detail)]);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn an_apply_that_no_permit_covers_changes_nothing() {
    let world = World::new();
    let proposal = Proposal::new(&world, "dev");
    proposal.put(&world, 2);
    let shown = world.wait_status(&proposal.change, "approved");
    report(&world, &proposal, &shown, "made-up");
    world.wait_event(&proposal.engagement, "change.executed.v1");
    let path = format!("/v1/engagements/{}/metrics", proposal.engagement);
    assert_eq!(world.get("vic", &path).ok()["summary"]["unpermitted"], 1);
    world.wait_status(&proposal.change, "approved");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn rejected() {
    let world = World::new();
    let proposal = Proposal::new(&world, "local");
    proposal.send(&world).ok();
    let shown = world.wait_status(&proposal.change, "awaiting_decision");
    assert_eq!(world.vote("bob", &shown, "reject").ok()["outcome"], "rejected");
    let finalized = world.wait_event(&proposal.engagement, "change.finalized.v1");
    assert_eq!(finalized["data"]["status"], "rejected");
    // The change is over, so a new revision is refused.
    let mut next = proposal.clone();
    next.data["revision"] = json!(2);
    next.put(&world, 2);
    let refused = world.wait_event(&proposal.engagement, "change.refused.v1");
    assert_eq!(refused["data"]["reasons"][0]["code"], "change_over");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn sent_back_then_approved_as_a_new_revision() {
    let world = World::new();
    let proposal = Proposal::new(&world, "local");
    proposal.send(&world).ok();
    let first = world.wait_status(&proposal.change, "awaiting_decision");
    world.vote("alice", &first, "approve").ok();
    assert_eq!(world.vote("bob", &first, "revise").ok()["outcome"], "revise");
    world.wait_status(&proposal.change, "needs_revision");

    let mut next = proposal.clone();
    next.data["revision"] = json!(2);
    next.data["dossier"]["why"] = json!("Orders need a queue, as bob asked.");
    next.send(&world).ok();
    let second = world.wait_for("revision 2", || {
        let shown = world.wait_status(&proposal.change, "awaiting_decision");
        (shown["change"]["revision"] == 2).then_some(shown)
    });
    assert_ne!(first["change"]["content_hash"], second["change"]["content_hash"]);
    // The votes on revision 1 are void, and new votes on revision 1 are refused.
    assert_eq!(second["approval"]["votes"], json!([]));
    world.vote("carol", &first, "approve").refused(409, "revision_superseded");
    let mut mixed = second.clone();
    mixed["change"]["content_hash"] = first["change"]["content_hash"].clone();
    world.vote("carol", &mixed, "approve").refused(409, "content_hash_mismatch");
    world.vote("alice", &second, "approve").ok();
    assert_eq!(world.vote("bob", &second, "approve").ok()["outcome"], "approved");
    world.wait_status(&proposal.change, "approved");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_new_revision_voids_an_open_request() {
    let world = World::new();
    let proposal = Proposal::new(&world, "local");
    proposal.send(&world).ok();
    let first = world.wait_status(&proposal.change, "awaiting_decision");
    world.vote("alice", &first, "approve").ok();
    let mut next = proposal.clone();
    next.data["revision"] = json!(2);
    next.send(&world).ok();
    world.wait_for("revision 2", || {
        let shown = world.get("vic", &format!("/v1/changes/{}", proposal.change)).ok();
        (shown["change"]["revision"] == 2).then_some(())
    });
    world.vote("bob", &first, "approve").refused(409, "revision_superseded");
    let workflow = format!("{}-r1", proposal.change);
    world.wait_for("the end of its workflow", || {
        (world.execution_status(&workflow)? == "SUCCEEDED").then_some(())
    });
    world.close(&proposal.change);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn expired() {
    let world = World::new();
    let proposal = Proposal::new(&world, "staging");
    proposal.send(&world).ok();
    let shown = world.wait_status(&proposal.change, "awaiting_decision");
    world.wait_event(&proposal.engagement, "approval.reminded.v2");
    world.wait_status(&proposal.change, "expired");
    world.vote("alice", &shown, "approve").refused(409, "already_decided");
    let decided = world.wait_event(&proposal.engagement, "approval.decided.v2");
    assert_eq!(decided["data"]["outcome"], "expired");
    let finalized = world.wait_event(&proposal.engagement, "change.finalized.v1");
    assert_eq!(finalized["data"]["status"], "expired");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn nobody_is_asked_where_nobody_need_be() {
    let world = World::new();
    let proposal = Proposal::new(&world, "dev");
    proposal.send(&world).ok();
    let shown = world.wait_status(&proposal.change, "approved");
    assert_eq!(shown["approval"]["votes"], json!([]));
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn self_approval_is_refused() {
    let world = World::new();
    let proposal = Proposal::new(&world, "local");
    // Version 1 of the event does not name the agent's owner. The fleet knows the owner from its
    // configuration.
    proposal.put(&world, 1);
    let shown = world.wait_status(&proposal.change, "awaiting_decision");
    world.vote("dana", &shown, "approve").refused(403, "separation_of_duties");
    world.vote("terraform-bot", &shown, "approve").refused(403, "human_required");
    world.vote("vic", &shown, "approve").refused(403, "role_missing");
    assert_eq!(
        world.wait_status(&proposal.change, "awaiting_decision")["approval"]["votes"],
        json!([])
    );
    world.close(&proposal.change);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_plan_with_a_wildcard_goes_back_to_its_proposer() {
    let world = World::new();
    let mut plan: Value = serde_json::from_str(PLAN).unwrap();
    for resource in plan["resource_changes"].as_array_mut().unwrap() {
        if resource["type"] == "aws_iam_policy" {
            let policy =
                json!({"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]});
            resource["change"]["after"]["policy"] = json!(policy.to_string());
        }
    }
    let plan = world.upload("terraform-bot", plan.to_string().as_bytes());
    let proposal = Proposal::with_plan(&world, "local", &plan);
    proposal.send(&world).ok();
    let shown = world.wait_status(&proposal.change, "needs_revision");
    let mut rules: Vec<_> = shown["review"]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["rule"].as_str().unwrap(), f["resource"].as_str().unwrap()))
        .collect();
    rules.sort_unstable();
    assert_eq!(
        rules,
        [
            ("iam.wildcard_action", "aws_iam_policy.worker"),
            ("iam.wildcard_resource", "aws_iam_policy.worker")
        ]
    );
    assert!(shown["approval"].is_null());
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_team_has_policies_of_its_own() {
    let world = World::new();
    let plan = PLAN.replace("orders-local-intake", "orders-local-legacy");
    let plan = world.upload("terraform-bot", plan.as_bytes());
    let proposal = Proposal::with_plan(&world, "dev", &plan);
    proposal.send(&world).ok();
    let shown = world.wait_status(&proposal.change, "needs_revision");
    let findings = shown["review"]["findings"].as_array().unwrap();
    let rules: Vec<_> = findings.iter().map(|f| f["rule"].as_str().unwrap()).collect();
    assert!(rules.contains(&"team.legacy_name"), "{rules:?}");
}

/// A vote without a comment, which can stand for the next revision.
fn approve(world: &World, who: &str, shown: &Value) -> Value {
    let id = shown["change"]["change_id"].as_str().unwrap();
    let body = json!({
        "revision": shown["change"]["revision"],
        "content_hash": shown["change"]["content_hash"],
        "vote": "approve",
    });
    world.post(who, &format!("/v1/changes/{id}/decisions"), &body).ok()
}

/// Sends a revision and waits until its approval is requested.
fn revise(world: &World, proposal: &Proposal, revision: u32) -> Value {
    proposal.send(world).ok();
    world.wait_for("the approval of the revision", || {
        let shown = world.get("vic", &format!("/v1/changes/{}", proposal.change)).ok();
        (shown["approval"]["revision"] == revision).then_some(shown)
    })
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn votes_stand_for_a_new_revision_that_does_the_same() {
    let world = World::new();
    let mut proposal = Proposal::new(&world, "local");
    proposal.send(&world).ok();
    let first = world.wait_status(&proposal.change, "awaiting_decision");
    approve(&world, "alice", &first);
    // As after another apply to the same state: only the reason is another one.
    proposal.data["revision"] = json!(2);
    proposal.data["dossier"]["why"] = json!("Orders need a queue. Planned again.");
    let second = revise(&world, &proposal, 2);
    assert_ne!(first["change"]["content_hash"], second["change"]["content_hash"]);
    assert_eq!(second["approval"]["votes"][0]["principal"], "alice");
    let carried = world.wait_event(&proposal.engagement, "approval.carried.v1");
    assert_eq!(carried["data"]["carried"], json!(["alice"]), "{carried}");
    assert_eq!(approve(&world, "bob", &second)["outcome"], "approved");

    // Both votes decide at once, without a workflow.
    proposal.data["revision"] = json!(3);
    let third = revise(&world, &proposal, 3);
    assert_eq!(third["approval"]["outcome"], "approved", "{}", third["approval"]);
    world.wait_status(&proposal.change, "approved");

    // Another rollback is something else to decide on.
    proposal.data["revision"] = json!(4);
    proposal.data["dossier"]["rollback"] = json!("restore the queue from its backup by hand");
    let fourth = revise(&world, &proposal, 4);
    assert_eq!(fourth["approval"]["votes"], json!([]));
    let timeline = world.wait_for("what became of the votes", || {
        let timeline = world.timeline(&proposal.engagement);
        let last = timeline.iter().rev().find(|e| e.event["type"] == "approval.carried.v1")?;
        (last.event["data"]["revision"] == 4).then(|| last.event.clone())
    });
    assert_eq!(timeline["data"]["differs"], json!(["dossier"]));
    world.close(&proposal.change);
}
