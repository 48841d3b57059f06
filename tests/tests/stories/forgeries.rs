//! Attacks on what the gate believes: with `sqs:SendMessage` on every queue of the fleet, with a proposer's token, and with the
//! token of a program. The attacker has the source, so every id can be computed.

use headgate_e2e::{PLAN, Proposal, World};
use headgate_http::Claims;
use serde_json::{Value, json};

/// The body of a queue message, as EventBridge would write it.
fn body(source: &str, detail: &Value, outbox: Option<&str>) -> String {
    json!({
        "version": "0", "id": "e", "detail-type": detail["type"], "source": source,
        "account": "000000000000", "time": "2026-11-02T09:30:00Z", "region": "us-east-1",
        "resources": outbox.into_iter().collect::<Vec<_>>(), "detail": detail,
    })
    .to_string()
}

fn send(world: &World, consumer: &str, body: String) {
    let queue = world.output(&format!("/queues/{consumer}/queue"));
    world.send_batch(queue.rsplit(':').next().unwrap(), &[body]);
}

fn quarantined(world: &World, consumer: &str, subject: &str) -> Value {
    world.wait_for("the forged event in quarantine", || {
        let all = world.quarantined();
        all.into_iter().find(|m| m["consumer"] == consumer && m["subject"] == subject)
    })
}

fn event(fixture: &str, proposal: &Proposal, edit: impl FnOnce(&mut Value)) -> Value {
    let mut detail: Value = serde_json::from_str(fixture).unwrap();
    detail["id"] = json!(uuid::Uuid::new_v4().to_string());
    detail["subject"] = json!(proposal.change);
    detail["correlationid"] = json!(proposal.engagement);
    edit(&mut detail);
    detail
}

/// At commit 12fad16 this ended with a permit that was issued and used.
#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_change_that_review_sent_back_cannot_be_approved_with_a_forged_review() {
    let world = World::new();
    let mut proposal = Proposal::new(&world, "local");
    proposal.data["dossier"]["rollback"] = json!("");
    proposal.send(&world).ok();
    let shown = world.wait_status(&proposal.change, "needs_revision");
    let real = world.wait_event(&proposal.engagement, "review.completed.v2");
    // What the reviewer published, with another verdict and a gate that needs nobody; it names the outbox of the real one.
    let mut forged = real.clone();
    forged["data"]["verdict"] = json!("pass");
    forged["data"]["gate"] = json!({
        "quorum": 0, "roles": [], "separation_of_duties": false, "expires_in_seconds": 60,
    });
    let cause = real["causationid"].as_str().unwrap();
    let table = world.output("/tables/ledger");
    let outbox = format!("urn:headgate:outbox:{table}:MARKER#pm-review#{cause}");
    send(&world, "approval-gate-start", body("headgate.pm-review", &forged, Some(&outbox)));
    let refused = quarantined(&world, "approval-gate-start", &proposal.change);
    assert_eq!(refused["error_type"], "event_unproven", "{refused}");
    // The same as the reviewer published it, once more: it says that the review did not pass.
    send(&world, "approval-gate-start", body("headgate.pm-review", &real, Some(&outbox)));
    let request = json!({
        "revision": 1, "content_hash": shown["change"]["content_hash"], "plan_hash": headgate_e2e::plan_hash(),
        "plan_file_sha256": headgate_e2e::plan_file_sha256(),
    });
    let permits = format!("/v1/changes/{}/permits", proposal.change);
    world.post("terraform-bot", &permits, &request).refused(404, "not_found");
    let now = world.get("vic", &format!("/v1/changes/{}", proposal.change)).ok();
    assert_eq!(now["change"]["status"], "needs_revision");
    assert!(now["approval"].is_null(), "{}", now["approval"]);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn nothing_that_the_fleet_did_not_commit_is_on_a_timeline_or_sent_to_people() {
    let world = World::new();
    let proposal = Proposal::new(&world, "local");
    proposal.send(&world).ok();
    world.wait_status(&proposal.change, "awaiting_decision");
    let fixture = include_str!("../../../events/fixtures/approval.decided.v2.json");
    let decided = event(fixture, &proposal, |d| d["actorid"] = json!("alice"));
    for consumer in ["metrics-finalizer", "approval-gate-notify"] {
        send(&world, consumer, body("headgate.approval-gate-decide", &decided, None));
        let refused = quarantined(&world, consumer, &proposal.change);
        assert_eq!(refused["error_type"], "event_unproven", "{consumer}: {refused}");
    }
    world.close(&proposal.change);
    world.wait_event(&proposal.engagement, "change.finalized.v1");
    let decisions: Vec<_> = world
        .timeline(&proposal.engagement)
        .into_iter()
        .filter(|e| e.event["type"] == "approval.decided.v2")
        .map(|e| e.event["actorid"].clone())
        .collect();
    assert_eq!(decisions, ["carol"]);
}

/// The scheduler has no outbox, and may say only two things. Others have none either, and most consumers take nothing from them.
#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn neither_the_scheduler_nor_a_stranger_speaks_for_the_fleet() {
    let world = World::new();
    let proposal = Proposal::new(&world, "local");
    proposal.send(&world).ok();
    world.wait_status(&proposal.change, "awaiting_decision");
    let fixture = include_str!("../../../events/fixtures/review.completed.v2.json");
    let blocked = event(fixture, &proposal, |d| {
        d["data"]["verdict"] = json!("block");
        d["data"]["revision"] = json!(1);
    });
    send(&world, "metrics-finalizer", body("headgate.schedule", &blocked, None));
    let refused = quarantined(&world, "metrics-finalizer", &proposal.change);
    assert_eq!(refused["error_type"], "event_unproven", "{refused}");
    for consumer in ["approval-gate-start", "pm-review"] {
        send(&world, consumer, body("x", &blocked, None));
        let refused = quarantined(&world, consumer, &proposal.change);
        assert_eq!(refused["error_type"], "sender_not_trusted", "{consumer}: {refused}");
    }
    // The change goes on.
    world.close(&proposal.change);
    world.wait_event(&proposal.engagement, "change.finalized.v1");
}

/// The API writes who the caller is into the event. Nobody else may.
#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn nobody_proposes_in_the_name_of_a_person_without_their_token() {
    let world = World::new();
    let proposal = Proposal::new(&world, "dev");
    let (_, mut detail) = proposal.event(2);
    detail["source"] = json!("headgate.intake-api");
    detail["actorkind"] = json!("human");
    detail["actorid"] = json!("dana");
    detail["data"].as_object_mut().unwrap().remove("agent");
    send(&world, "intake", body("headgate.intake-api", &detail, None));
    let refused = quarantined(&world, "intake", &proposal.change);
    assert_eq!(refused["error_type"], "event_unproven", "{refused}");
    world.get("vic", &format!("/v1/changes/{}", proposal.change)).refused(404, "not_found");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_stranger_cannot_revise_a_change_and_its_votes_stay() {
    let world = World::new();
    let proposal = Proposal::new(&world, "local");
    proposal.send(&world).ok();
    let shown = world.wait_status(&proposal.change, "awaiting_decision");
    world.vote("alice", &shown, "approve").ok();
    // tess may propose, and would like to decide what alice approved.
    let plan = world.upload("tess", PLAN.as_bytes());
    let mut taken = proposal.data.clone();
    taken["change_id"] = json!(proposal.change);
    taken["revision"] = json!(2);
    taken["dossier"]["plan"] = json!(plan);
    taken.as_object_mut().unwrap().remove("agent");
    world.post("tess", "/v1/changes", &taken).ok();
    let refused = world.wait_event(&proposal.engagement, "change.refused.v1");
    assert_eq!(refused["data"]["reasons"][0]["code"], "revision_forbidden", "{refused}");
    let now = world.wait_status(&proposal.change, "awaiting_decision");
    assert_eq!(
        (&now["change"]["revision"], now["approval"]["votes"].as_array().unwrap().len()),
        (&json!(1), 1)
    );
    // The owner of the agent may.
    taken["dossier"]["plan"] = json!(world.upload("dana", PLAN.as_bytes()));
    // What was proposed as a plan is no evidence.
    let log = world.upload("dana", b"3 tests passed");
    taken["dossier"]["evidence"] = json!([log, world.plan_file()]);
    world.post("dana", "/v1/changes", &taken).ok();
    let now = world.wait_for("the second revision", || {
        let now = world.wait_status(&proposal.change, "awaiting_decision");
        (now["change"]["revision"] == 2).then_some(now)
    });
    assert_eq!(now["change"]["proposer"]["id"], "dana");
    // Neither of them may vote on it.
    world.vote("dana", &now, "approve").refused(403, "separation_of_duties");
    world.close(&proposal.change);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_program_is_no_person_and_nobody_has_two_names() {
    let world = World::new();
    let proposal = Proposal::new(&world, "local");
    proposal.send(&world).ok();
    let shown = world.wait_status(&proposal.change, "awaiting_decision");
    world.vote("alice", &shown, "approve").ok();
    let token = |sub: &str, amr: &[&str]| {
        let now = jiff::Timestamp::now().as_second();
        let claims = Claims {
            iss: headgate::token::ISSUER.to_owned(),
            aud: headgate::token::AUDIENCE.to_owned(),
            sub: sub.to_owned(),
            exp: now + 600,
            nbf: now - 60,
            amr: amr.iter().map(|a| (*a).to_owned()).collect(),
            roles: vec!["approver".to_owned(), "proposer".to_owned()],
            human_owner: None,
        };
        world.issuer.sign(&claims).unwrap()
    };
    let vote = json!({
        "revision": 1, "content_hash": shown["change"]["content_hash"], "vote": "approve",
    })
    .to_string();
    let path = format!("/v1/changes/{}/decisions", proposal.change);
    let vote = |token: &str| world.post_with(Some(token), &path, vote.as_bytes());
    vote(&token("pipeline", &["pwd"])).refused(403, "human_required");
    vote(&token("pipeline", &[])).refused(403, "human_required");
    vote(&token("ALICE", &["user"])).refused(409, "already_voted");
    vote(&token("Dana", &["user"])).refused(403, "separation_of_duties");
    vote(&token("\u{430}lice", &["user"])).refused(401, "token_principal");
    let engagement = json!({ "engagement_id": world.id("eng"), "goal": "x", "environment": "dev" });
    let answer = world.post_with(
        Some(&token("pipeline", &[])),
        "/v1/engagements",
        engagement.to_string().as_bytes(),
    );
    answer.refused(403, "human_required");
    world.close(&proposal.change);
}
