//! Approvals with several roles, withdrawn votes, delegates, escalation and notifications.

use headgate_e2e::{Answer, Proposal, Receiver, World};
use serde_json::{Value, json};

/// Casts an approving vote with additional fields.
fn cast(world: &World, who: &str, shown: &Value, more: Value) -> Answer {
    let change = shown["change"]["change_id"].as_str().unwrap();
    let mut body = json!({
        "revision": shown["change"]["revision"],
        "content_hash": shown["change"]["content_hash"],
        "vote": "approve",
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.post(who, &format!("/v1/changes/{change}/decisions"), &body)
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_seat_waits_for_its_role_and_a_vote_is_taken_back() {
    let world = World::new();
    let proposal = Proposal::new(&world, "committee");
    proposal.send(&world).ok();
    let shown = world.wait_status(&proposal.change, "awaiting_decision");
    assert_eq!(shown["approval"]["gate"]["confirm"], "committee");
    let first = json!({
        "ballot": "a-1", "confirm": "committee", "comment": "fine",
        "ratings": { "quality": 4, "relevance": 5, "completeness": 3 },
    });
    cast(&world, "alice", &shown, json!({})).refused(409, "confirmation_required");
    let mut wrong = first.clone();
    wrong["ratings"]["quality"] = json!(6);
    cast(&world, "alice", &shown, wrong).refused(400, "rating_out_of_range");
    let tally = cast(&world, "alice", &shown, first.clone()).ok();
    assert_eq!(tally["missing_roles"], json!(["security"]));
    // Sending the same vote again changes nothing.
    assert_eq!(cast(&world, "alice", &shown, first.clone()).ok()["missing"], tally["missing"]);

    let withdrawals = format!("/v1/changes/{}/withdrawals", proposal.change);
    let back = json!({ "revision": 1, "ballot": "a-1" });
    world.post("bob", &withdrawals, &back).refused(404, "ballot_unknown");
    assert_eq!(world.post("alice", &withdrawals, &back).ok()["missing"], 2);
    assert_eq!(world.post("alice", &withdrawals, &back).ok()["missing"], 2);
    // A late copy of a withdrawn vote does not count.
    cast(&world, "alice", &shown, first).refused(409, "ballot_withdrawn");
    let unnamed = json!({ "confirm": "committee" });
    cast(&world, "alice", &shown, unnamed.clone()).refused(409, "ballot_required");

    // The CLI works the same way and requires the environment name.
    let change = proposal.change.as_str();
    // Nobody votes on what they were not shown.
    let (code, _, error) = world.headgate("alice", &["approve", change]);
    assert!(code == 1 && error.contains("you have not looked at"), "{error}");
    assert_eq!(world.headgate("alice", &["change", "show", change]).0, 0);
    let (code, _, error) = world.headgate("alice", &["approve", change]);
    assert_eq!(code, 2, "{error}");
    assert!(error.contains("pass the environment name with --confirm ENVIRONMENT"), "{error}");
    let args = ["approve", change, "--confirm", "committee", "--quality", "5"];
    let rated = [&args[..], &["--relevance", "5", "--completeness", "4"]].concat();
    let (code, said, error) = world.headgate("alice", &rated);
    assert_eq!(code, 0, "{error}");
    assert!(said.contains("approvals missing: 1; roles missing: security"), "{said}");
    let (code, said, error) = world.headgate("alice", &["withdraw", change]);
    assert_eq!((code, said.lines().next()), (0, Some("withdrew the vote of alice")), "{error}");
    let (code, _, error) = world.headgate("alice", &["withdraw", change]);
    assert_eq!(code, 1);
    assert!(error.contains("alice has no vote on"), "{error}");
    assert_eq!(world.headgate("alice", &rated).0, 0);

    // Two people have approved, but the security seat is still empty.
    let tally = cast(&world, "bob", &shown, unnamed.clone()).ok();
    assert_eq!((&tally["outcome"], &tally["missing"]), (&Value::Null, &json!(1)));
    let tally = cast(&world, "sam", &shown, unnamed).ok();
    assert_eq!(tally["outcome"], "approved");
    world.wait_status(change, "approved");
    let decided = world.wait_event(&proposal.engagement, "approval.decided.v2");
    let votes = decided["data"]["votes"].as_array().unwrap();
    let who: Vec<_> = votes.iter().map(|v| v["principal"].as_str().unwrap()).collect();
    assert_eq!(who, ["alice", "bob", "sam"]);
    assert_eq!(votes[0]["ratings"], json!({ "quality": 5, "relevance": 5, "completeness": 4 }));
    assert_eq!(votes[2]["roles"], json!(["security"]));
    assert_eq!(decided["data"]["withdrawn"].as_array().unwrap().len(), 2);
    world
        .post("bob", &withdrawals, &json!({ "revision": 1, "ballot": "bob" }))
        .refused(409, "already_decided");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_delegation_ends_when_its_giver_loses_the_role() {
    let world = World::new();
    let create = ["delegation", "create", "--to", "vic", "--role", "approver", "--days", "7"];
    let create = [&create[..], &["--reason", "on leave", "--json"]].concat();
    let (code, made, error) = world.headgate("finn", &create);
    assert_eq!(code, 0, "{error}");
    let made: Value = serde_json::from_str(&made).unwrap();
    let proposal = Proposal::new(&world, "local");
    proposal.send(&world).ok();
    let shown = world.wait_status(&proposal.change, "awaiting_decision");
    let lost = ["delegation", "lost-roles", "finn", "--role", "approver", "--reason", "moved"];
    assert_eq!(world.headgate("bob", &lost).0, 1);
    let (code, said, error) = world.headgate("olga", &lost);
    assert_eq!((code, said.trim()), (0, "what finn delegated of approver has ended"), "{error}");
    cast(&world, "vic", &shown, json!({ "on_behalf_of": "finn" }))
        .refused(403, "delegation_missing");
    // The token still has the role.
    assert_eq!(world.headgate("finn", &create).0, 1);
    world.wait_for("the end of the delegation on the timeline", || {
        let mut entries = world.timeline("headgate.delegations").into_iter().map(|e| e.event);
        let ended = |e: &Value| e["subject"] == made["id"] && e["data"]["revoked_at"].is_string();
        entries.find(ended)
    });
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_delegate_votes_until_the_delegation_ends() {
    let world = World::new();
    let until = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(1);
    let request = json!({
        "to": "vic", "roles": ["approver"], "environments": ["local"],
        "until": until, "reason": "on leave",
    });
    let with = |member: &str, value: Value| {
        let mut other = request.clone();
        other[member] = value;
        world.post("erin", "/v1/delegations", &other)
    };
    with("to", json!("erin")).refused(400, "delegate_invalid");
    with("roles", json!([])).refused(400, "roles_missing");
    with("roles", json!(["operator"])).refused(400, "role_missing");
    with("environments", json!(["moon"])).refused(400, "environment_unknown");
    with("until", json!("2020-01-01T00:00:00Z")).refused(400, "until_invalid");
    with("until", json!("2099-01-01T00:00:00Z")).refused(400, "until_invalid");
    with("reason", json!(" ")).refused(400, "reason_invalid");
    world.post("terraform-bot", "/v1/delegations", &request).refused(403, "human_required");

    let proposal = Proposal::new(&world, "local");
    proposal.send(&world).ok();
    let shown = world.wait_status(&proposal.change, "awaiting_decision");
    let for_erin = json!({ "on_behalf_of": "erin" });
    cast(&world, "vic", &shown, json!({})).refused(403, "role_missing");
    cast(&world, "vic", &shown, json!({ "on_behalf_of": "bob" }))
        .refused(403, "delegation_missing");
    let made = world.post("erin", "/v1/delegations", &request).ok();
    let id = made["id"].as_str().unwrap();
    // A delegate cannot pass the role on.
    let on = json!({ "to": "sam", "roles": ["approver"], "until": until, "reason": "r" });
    world.post("vic", "/v1/delegations", &on).refused(400, "role_missing");
    assert_eq!(cast(&world, "vic", &shown, for_erin.clone()).ok()["missing"], 1);
    cast(&world, "erin", &shown, json!({})).refused(409, "already_voted");
    assert_eq!(cast(&world, "bob", &shown, json!({})).ok()["outcome"], "approved");
    let decided = world.wait_event(&proposal.engagement, "approval.decided.v2");
    assert_eq!(decided["data"]["votes"][0]["on_behalf_of"], "erin");
    assert_eq!(decided["data"]["votes"][0]["delegations"], json!([id]));

    // Other people cannot revoke the delegation. The delegate can, and then it ends.
    let revoke = format!("/v1/delegations/{id}/revoke");
    world.post("sam", &revoke, &json!({})).refused(403, "role_missing");
    world.post("erin", "/v1/delegations/none/revoke", &json!({})).refused(404, "not_found");
    let next = Proposal::new(&world, "local");
    next.send(&world).ok();
    let shown = world.wait_status(&next.change, "awaiting_decision");
    let (code, said, error) = world.headgate("vic", &["delegation", "revoke", id]);
    assert_eq!((code, said.trim()), (0, "vic may no longer vote on behalf of erin"), "{error}");
    world.post("erin", &revoke, &json!({})).ok();
    // The timeline shows who delegated what to whom, and who revoked it.
    let changes = world.wait_for("both delegation events on the timeline", || {
        let entries = world.timeline("headgate.delegations").into_iter().map(|e| e.event);
        let ours: Vec<_> = entries.filter(|e| e["subject"] == id).collect();
        (ours.len() == 2).then_some(ours)
    });
    assert_eq!([&changes[0]["actorid"], &changes[1]["actorid"]], [&json!("erin"), &json!("vic")]);
    assert_eq!(changes[0]["data"]["reason"], "on leave");
    assert!(changes[0]["data"]["revoked_at"].is_null());
    assert!(changes[1]["data"]["revoked_at"].is_string());
    cast(&world, "vic", &shown, for_erin).refused(403, "delegation_missing");

    let create = ["delegation", "create", "--to", "vic", "--role", "approver"];
    let more = ["--environment", "dev", "--days", "30", "--reason", "on leave"];
    let (code, _, error) = world.headgate("erin", &[&create[..], &more].concat());
    assert_eq!(code, 0, "{error}");
    // The new delegation covers only another environment.
    cast(&world, "vic", &shown, json!({ "on_behalf_of": "erin" }))
        .refused(403, "delegation_missing");
    world.close(&next.change);
    let (code, said, _) = world.headgate("vic", &["delegation", "list"]);
    assert_eq!(code, 0);
    assert!(said.contains("on leave") && said.contains(id), "{said}");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn others_are_let_in_when_it_takes_too_long() {
    let world = World::new();
    let proposal = Proposal::new(&world, "escalating");
    proposal.send(&world).ok();
    let shown = world.wait_status(&proposal.change, "awaiting_decision");
    cast(&world, "alice", &shown, json!({})).refused(403, "role_missing");
    let reminded = world.wait_for("the escalation", || {
        let entries = world.timeline(&proposal.engagement).into_iter().map(|e| e.event);
        let mut reminders = entries.filter(|e| e["type"] == "approval.reminded.v2");
        reminders.find(|e| e["data"]["escalated_to"] == json!(["operator"]))
    });
    assert_eq!(reminded["data"]["missing_roles"], json!(["security"]));
    assert_eq!(cast(&world, "olga", &shown, json!({})).ok()["outcome"], "approved");
    let decided = world.wait_event(&proposal.engagement, "approval.decided.v2");
    assert_eq!(decided["data"]["votes"][0]["standing_in"], json!(["security"]));
    world.wait_status(&proposal.change, "approved");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn receivers_are_told_until_they_take_it() {
    let world = World::new();
    let mut topic = world.notifications();
    let proposal = Proposal::new(&world, "local");
    // The receiver fails the first two deliveries of the request and accepts all others.
    let receiver = Receiver::open(&proposal.change, &[500, 429]);
    let name = world.id("hook");
    let secret = world.output("/webhook_secret");
    let add = ["webhook", "add", "--json", "--secret", &secret, "--name", &name];
    let (code, said, error) =
        world.headgate("olga", &[&add[..], &["--url", &receiver.url]].concat());
    assert_eq!(code, 0, "{error}");
    let signing = serde_json::from_str::<Value>(&said).unwrap()["signing_secret"].clone();
    let twice = world.headgate("olga", &[&add[..], &["--url", &receiver.url]].concat());
    assert_eq!(twice.0, 2);
    assert!(twice.2.contains("is not a valid webhook endpoint name"), "{}", twice.2);

    proposal.send(&world).ok();
    let shown = world.wait_status(&proposal.change, "awaiting_decision");
    let tries = world.wait_long_for("the third delivery attempt", || {
        let got = receiver.got("approval.requested");
        (got.len() >= 3).then_some(got)
    });
    let body = &tries[2].body;
    assert_eq!(body["data"]["change_id"], proposal.change.as_str());
    assert_eq!(body["data"]["content_hash"], shown["change"]["content_hash"]);
    assert_eq!(body["data"]["gate_in_words"], "requires 2 approvals from `approver`");
    for tried in &tries {
        // All attempts have the same message id; each has its own valid signature.
        assert_eq!(tried.id, tries[0].id);
        tried.verify(signing.as_str().unwrap());
    }
    cast(&world, "alice", &shown, json!({})).ok();
    cast(&world, "bob", &shown, json!({})).ok();
    let decided = world.wait_for("the decision", || receiver.got("approval.decided").pop());
    assert_eq!(decided.body["data"]["outcome"], "approved");
    let remove = ["webhook", "remove", "--secret", &secret, "--name", &name];
    assert_eq!(world.headgate("olga", &remove).0, 0);
    // The topic gets each notification once, whatever happens to the webhook.
    // Reminders may arrive in between.
    for what in ["requires 2 approvals", "alice: approve\nbob: approve"] {
        world.wait_for("the notification", || {
            (topic.about(&[&proposal.change, what]) > 0).then_some(())
        });
        assert_eq!(topic.about(&[&proposal.change, what]), 1, "{what}");
    }
    assert_eq!(receiver.got("approval.requested").len(), 3);
}

/// What a proposer writes is shown to people who decide. It must not hide anything from them.
#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn people_see_what_an_apply_does_and_nothing_is_hidden_from_them() {
    let world = World::new();
    let mut proposal = Proposal::new(&world, "local");
    // A sequence that conceals what follows, and characters that turn text around.
    proposal.data["dossier"]["why"] = json!("Orders \u{1b}[8mneed \u{202e}a queue.");
    proposal.send(&world).ok();
    // The review sends it back, but people may look at it.
    world.wait_status(&proposal.change, "needs_revision");
    let (code, out, err) = world.headgate("alice", &["change", "show", &proposal.change]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(!out.contains(['\u{1b}', '\u{202e}']), "{out}");
    assert!(out.contains("injection.hidden_characters"), "{out}");
    let plan = headgate_domain::plan::Plan::parse(headgate_e2e::PLAN.as_bytes()).unwrap();
    assert!(!plan.changed().is_empty());
    for resource in plan.changed().iter().map(|resource| resource.shown(0)) {
        assert!(out.contains(&format!("+ {} is created", resource.address)), "{out}");
        for attribute in resource.attributes {
            assert!(out.contains(&format!("{}: ", attribute.path)), "{}: {out}", attribute.path);
        }
    }
}
