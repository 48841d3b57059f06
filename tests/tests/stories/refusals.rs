//! Invalid input is refused with a clear error.

use headgate::token::{AUDIENCE, ISSUER, Issuer};
use headgate_e2e::{PLAN, Proposal, World};
use headgate_http::Claims;
use serde_json::{Value, json};

/// Changes a valid proposal with `spoil`, puts it on the bus, and returns the codes of its refusal.
fn reasons(world: &World, source: &str, spoil: impl Fn(&mut Proposal, &mut Value)) -> Vec<String> {
    let mut proposal = Proposal::new(world, "dev");
    let (kind, mut detail) = proposal.event(2);
    spoil(&mut proposal, &mut detail);
    world.put_events(source, &[(kind, detail)]);
    let refused = world.wait_event(&proposal.engagement, "change.refused.v1");
    let shown = world.get("vic", &format!("/v1/changes/{}", proposal.change));
    shown.refused(404, "not_found");
    let reasons = refused["data"]["reasons"].as_array().unwrap();
    reasons.iter().map(|r| r["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn proposals_on_the_bus_are_refused_with_their_reasons() {
    let world = World::new();
    let bot = "agent.terraform-bot";
    let data = |spoil: &dyn Fn(&mut Value)| reasons(&world, bot, |_, d| spoil(&mut d["data"]));
    assert_eq!(data(&|d| d["environment"] = json!("moon")), ["environment_unknown"]);
    assert_eq!(
        data(&|d| d["environment"] = json!("prod")),
        ["account_mismatch", "region_mismatch"]
    );
    assert_eq!(data(&|d| d["account"] = json!("999999999999")), ["account_mismatch"]);
    assert_eq!(data(&|d| d["revision"] = json!(7)), ["revision_conflict"]);
    // A refusal lists every reason, not only the first.
    assert_eq!(
        data(&|d| {
            d["region"] = json!("eu-west-9");
            d["dossier"]["why"] = json!(" ");
            d["dossier"]["owner"] = json!("");
        }),
        ["region_mismatch", "dossier_incomplete", "dossier_incomplete"]
    );
    // The sender is taken from the event's source on the bus, not from the payload.
    assert_eq!(reasons(&world, "agent.stranger", |_, _| ()), ["agent_unknown"]);
    assert_eq!(reasons(&world, "somebody", |_, _| ()), ["sender_unknown"]);
    assert_eq!(data(&|d| d["agent"]["id"] = json!("other-bot")), ["identity_mismatch"]);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn artifacts_are_looked_at_before_a_change_is_stored() {
    let world = World::new();
    let bot = "agent.terraform-bot";
    let plan = |spoil: &dyn Fn(&mut Value)| {
        reasons(&world, bot, |_, d| spoil(&mut d["data"]["dossier"]["plan"]))
    };
    let bucket = world.output("/artifact_bucket");
    let zeros = "0".repeat(64);
    let nowhere = format!("s3://{bucket}/uploads/agents/terraform-bot/{zeros}");
    let missing = |p: &mut Value| {
        p["uri"] = json!(nowhere);
        p["sha256"] = json!(zeros);
    };
    assert_eq!(plan(&missing), ["artifact_missing"]);
    for elsewhere in ["https://example.com/plan", "s3://elsewhere/plan"] {
        assert_eq!(plan(&|p| p["uri"] = json!(elsewhere)), ["artifact_of_others"]);
    }
    assert_eq!(plan(&|p| p["sha256"] = json!(zeros)), ["artifact_of_others"]);
    let theirs = world.upload("dana", PLAN.as_bytes());
    assert_eq!(plan(&|p| *p = json!(theirs)), ["artifact_of_others"]);
    assert_eq!(plan(&|p| p["bytes"] = json!(7)), ["artifact_size_mismatch"]);
    let other = world.upload("terraform-bot", br#"{"format_version": "1.0", "values": {}}"#);
    assert_eq!(plan(&|p| *p = json!(other)), ["plan_unreadable"]);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn an_upload_of_other_bytes_is_refused_by_the_store() {
    let world = World::new();
    let body = json!({ "sha256": "0".repeat(64), "media_type": "application/json" });
    let place = world.post("terraform-bot", "/v1/artifacts", &body).ok();
    let mut request = ureq::put(place["url"].as_str().unwrap());
    for header in place["headers"].as_array().unwrap() {
        request = request.header(header[0].as_str().unwrap(), header[1].as_str().unwrap());
    }
    assert!(request.send(PLAN.as_bytes()).is_err());
    let bad = json!({ "sha256": "XYZ", "media_type": "application/json" });
    world.post("terraform-bot", "/v1/artifacts", &bad).refused(400, "artifact_digest_invalid");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn tokens_that_are_not_good_are_told_why() {
    let world = World::new();
    let now = jiff::Timestamp::now().as_second();
    let good = Claims {
        amr: vec!["user".to_owned()],
        iss: ISSUER.into(),
        aud: AUDIENCE.into(),
        sub: "alice".into(),
        exp: now + 600,
        nbf: now - 10,
        roles: vec!["approver".into()],
        human_owner: None,
    };
    let sign = |claims: Claims| world.issuer.sign(&claims).unwrap();
    let forger = Issuer::open(&std::env::temp_dir().join(world.id("forger"))).unwrap();
    let unsigned = {
        // The header {"alg":"none"} with the claims of a valid token.
        let payload = sign(good.clone()).split('.').nth(1).unwrap().to_owned();
        format!("eyJhbGciOiJub25lIn0.{payload}.")
    };
    let path = "/v1/changes/none/decisions";
    let body = json!({"revision": 1, "content_hash": "x", "vote": "approve"}).to_string();
    let ask = |token: Option<&str>| world.post_with(token, path, body.as_bytes());
    ask(None).refused(401, "token_missing");
    ask(Some("rubbish")).refused(401, "token_malformed");
    ask(Some(&unsigned)).refused(401, "token_malformed");
    ask(Some(&forger.sign(&good).unwrap())).refused(401, "token_forged");
    ask(Some(&sign(Claims { exp: now - 60, ..good.clone() }))).refused(401, "token_expired");
    ask(Some(&sign(Claims { nbf: now + 600, ..good.clone() }))).refused(401, "token_immature");
    ask(Some(&sign(Claims { iss: "evil".into(), ..good.clone() }))).refused(401, "token_issuer");
    ask(Some(&sign(Claims { aud: "other".into(), ..good.clone() }))).refused(401, "token_audience");
    // The valid token is accepted: the request fails only because the change does not exist.
    ask(Some(&sign(good))).refused(404, "not_found");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn requests_that_are_not_good_are_told_why() {
    let world = World::new();
    let alice = world.token("alice");
    let bot = world.token("terraform-bot");
    let decisions = "/v1/changes/none/decisions";
    world.post_with(Some(&alice), decisions, b"{").refused(400, "body_malformed");
    world.post_with(Some(&alice), decisions, br#"{"vote":"maybe"}"#).refused(400, "body_malformed");
    let huge = vec![b' '; 300 * 1024];
    world.post_with(Some(&bot), "/v1/changes", &huge).refused(413, "body_oversized");
    world.get("vic", "/v1/changes?limit=0").refused(400, "limit_invalid");
    world.get("vic", "/v1/changes?cursor=%21").refused(400, "cursor_invalid");
    world.get("vic", "/v1/engagements/none/timeline").refused(404, "not_found");
    world.get("alice", "/v1/quarantine").refused(403, "role_missing");

    let mut proposal = Proposal::new(&world, "dev");
    proposal.data["account"] = json!("999999999999");
    let refused = proposal.send(&world).refused(422, "change_refused");
    assert!(refused["message"].as_str().unwrap().contains("account_mismatch"));
    proposal.data["agent"]["id"] = json!("other-bot");
    proposal.send(&world).refused(403, "identity_mismatch");
    let mut body = proposal.data.clone();
    body["change_id"] = json!("x");
    world.post("vic", "/v1/changes", &body).refused(403, "role_missing");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn lists_are_read_page_by_page() {
    let world = World::new();
    let proposals: Vec<_> = (0..3).map(|_| Proposal::new(&world, "dev")).collect();
    for proposal in &proposals {
        proposal.send(&world).ok();
        world.wait_status(&proposal.change, "approved");
    }
    let mut seen = Vec::new();
    let mut cursor = String::new();
    while seen.len() < 3 {
        let page = world.get("vic", &format!("/v1/changes?limit=2{cursor}")).ok();
        let changes = page["changes"].as_array().unwrap();
        assert!(changes.len() <= 2);
        let ids = changes.iter().map(|c| c["change_id"].as_str().unwrap().to_owned());
        seen.extend(ids.filter(|id| proposals.iter().any(|p| &p.change == id)));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    // The newest change comes first, and each change appears once.
    let expected: Vec<_> = proposals.iter().rev().map(|p| p.change.clone()).collect();
    assert_eq!(seen, expected);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn an_engagement_is_created_once() {
    let world = World::new();
    let id = world.id("eng");
    let body = json!({"engagement_id": id, "goal": "queues", "environment": "dev"});
    world.post("terraform-bot", "/v1/engagements", &body).refused(403, "human_required");
    assert_eq!(world.post("dana", "/v1/engagements", &body).ok()["owner"], "dana");
    world.post("dana", "/v1/engagements", &body).refused(409, "engagement_exists");
    assert_eq!(
        world.get("vic", &format!("/v1/engagements/{id}")).ok()["engagement"]["goal"],
        "queues"
    );
}
