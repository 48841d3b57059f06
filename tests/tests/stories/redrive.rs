//! Redrives of dead letters: canary, ramp, stop, cap and notifications.

use headgate_e2e::{Proposal, Tap, World, queue_body as entry};
use serde_json::{Value, json};

/// Message attributes of a dead letter from an earlier build of intake.
fn said<'a>(build: &'a str, error: &'a str, version: &'a str) -> [(&'a str, &'a str); 7] {
    [
        ("dlq.error_type", error),
        ("dlq.reason", "it could not be read"),
        ("dlq.consumer", "intake"),
        ("dlq.build", build),
        ("dlq.event_type", "change.proposed"),
        ("dlq.event_version", version),
        ("dlq.attempts", "1"),
    ]
}

fn fingerprint(group: &Value) -> String {
    group["group"]["fingerprint"].as_str().unwrap().to_owned()
}

fn outcomes(world: &World, engagement: &str) -> Vec<(String, String)> {
    let entries = world.timeline(engagement);
    let text = |e: &Value, p: &str| e.pointer(p).and_then(Value::as_str).unwrap_or("").to_owned();
    entries
        .iter()
        .filter(|e| e.event["type"].as_str().is_some_and(|t| t.starts_with("message.")))
        .map(|e| (text(&e.event, "/data/outcome"), text(&e.event, "/actorid")))
        .collect()
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_fixed_build_gets_one_canary_then_the_rest() {
    let world = World::new();
    let mut notifications = world.notifications();
    let build = world.id("old");
    let proposals: Vec<_> = (0..5).map(|_| Proposal::new(&world, "dev")).collect();
    // The first proposal was processed already, so its dead letter is a duplicate.
    let mut tap = Tap::new(&world, &proposals[0].engagement);
    let (kind, detail) = proposals[0].event(2);
    world.put_events("agent.terraform-bot", &[(kind.clone(), detail.clone())]);
    world.wait_status(&proposals[0].change, "approved");
    let mut bodies = vec![entry(&kind, &detail)];
    bodies.extend(proposals[1..].iter().map(|p| entry(&kind, &p.event(2).1)));
    for body in &bodies {
        world.send_dead_letter("intake", body, &said(&build, "event_schema", "v2"));
    }
    let group = world.wait_group(&build, "event_schema", 5);
    let fingerprint = fingerprint(&group);

    // Only operators may redrive. A dry run shows the plan.
    let dry = json!({});
    world.redrive("alice", &fingerprint, &dry).refused(403, "role_missing");
    world.redrive("olga", &"0".repeat(64), &dry).refused(404, "not_found");
    let would = world.redrive("olga", &fingerprint, &dry).ok();
    assert_eq!((&would["dry_run"], &would["would"]["to_send"]), (&json!(true), &json!(5)));
    assert_eq!(would["would"]["steps"], json!([1, 2, 2]));
    let refused = world.redrive("olga", &fingerprint, &json!({ "execute": true }));
    let refused = refused.refused(400, "reason_missing");
    assert_eq!(refused["message"], "`reason` is empty; say why, for the record");
    assert!(world.messages(&fingerprint, false).iter().all(|m| m["state"] == "waiting"));

    let run = world.redrive_to_its_end(&fingerprint, false);
    assert_eq!(
        [&run["state"], &run["sent"], &run["processed"], &run["returned"], &run["steps"]],
        [&json!("done"), &json!(5), &json!(5), &json!(0), &json!(3)],
        "{run}"
    );
    for proposal in &proposals {
        world.wait_status(&proposal.change, "approved");
    }
    world.wait_group(&build, "event_schema", 0);
    let closed = world.messages(&fingerprint, true);
    assert_eq!(closed.len(), 5);
    assert!(closed.iter().all(|m| m["state"] == "processed" && m["redrives"] == 1), "{closed:?}");
    // A redriven message keeps its event id, so the duplicate has no second effect.
    let accepted = |counts: std::collections::BTreeMap<(String, String), usize>| {
        counts.into_iter().filter(|((kind, _), _)| kind == "change.accepted.v1").collect::<Vec<_>>()
    };
    let accepted = accepted(tap.counts());
    assert_eq!((accepted.len(), accepted[0].1), (1, 1), "{accepted:?}");

    // The timelines show what happened to each message and who did it, and who redrove the group and why.
    let expected = [("", "dlq-handler"), ("sent", "olga"), ("processed", "intake")];
    let expected: Vec<_> = expected.map(|(o, a)| (o.to_owned(), a.to_owned())).into();
    for proposal in &proposals {
        world.wait_for("the message's events on the timeline", || {
            let mut outcomes = outcomes(&world, &proposal.engagement);
            outcomes.sort();
            let mut expected = expected.clone();
            expected.sort();
            (outcomes == expected).then_some(())
        });
    }
    let of_run = |entries: &[headgate_domain::timeline::Entry], kind: &str| {
        let found = entries
            .iter()
            .find(|e| e.event["type"] == kind && e.event["data"]["run_id"] == run["run_id"]);
        found.map(|e| e.event.clone())
    };
    let (requested, ended) = world.wait_for("the run's events on the timeline", || {
        let entries = world.timeline("headgate.quarantine");
        Some((of_run(&entries, "redrive.requested.v1")?, of_run(&entries, "redrive.ended.v1")?))
    });
    assert_eq!(
        (&requested["actorid"], &requested["data"]["reason"], &requested["data"]["forced"]),
        (&json!("olga"), &json!("it is fixed"), &json!(false))
    );
    assert_eq!(ended["data"]["outcome"], "done");
    // Operators got one notification for the five messages.
    world
        .wait_for("the notification", || (notifications.about(&[&fingerprint]) == 1).then_some(()));
    world.redrive("olga", &fingerprint, &dry).refused(409, "nothing_waiting");
    assert_eq!(notifications.about(&[&fingerprint]), 1);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_build_that_is_still_broken_gets_only_the_canary() {
    let world = World::new();
    let build = world.id("old");
    // No build can read this version, and no other story uses it.
    let version = format!("v{}", 1_000 + uuid::Uuid::new_v4().as_u128() % 1_000_000);
    let kind = format!("change.proposed.{version}");
    for _ in 0..4 {
        let (_, detail) = Proposal::new(&world, "dev").event(2);
        let said = said(&build, "event_version_unknown", &version);
        world.send_dead_letter("intake", &entry(&kind, &detail), &said);
    }
    let fingerprint = fingerprint(&world.wait_group(&build, "event_version_unknown", 4));
    let run = world.redrive_to_its_end(&fingerprint, false);
    assert_eq!(
        [&run["state"], &run["sent"], &run["processed"], &run["returned"]],
        [&json!("stopped"), &json!(1), &json!(0), &json!(1)],
        "{run}"
    );
    let why = format!("the canary failed again: unknown version of `change.proposed`: `{kind}`");
    assert_eq!(run["stopped_because"], why);
    // The other messages were not sent. The canary is now in the group of the current build's dead letters.
    let rest = world.messages(&fingerprint, false);
    assert_eq!(rest.len(), 3);
    assert!(rest.iter().all(|m| m["state"] == "waiting" && m["redrives"] == 0));
    let back = world.wait_for("the canary among the new dead letters", || {
        let all = world.quarantined();
        all.into_iter().find(|m| m["event_type"] == kind && m["redrives"] == 1)
    });
    assert_eq!((&back["state"], &back["attempts"]), (&json!("waiting"), &json!(2)));
    let current = back["fingerprint"].as_str().unwrap().to_owned();

    // The failing build is still deployed, so a redrive needs `force`, and the number of redrives is capped.
    let go = json!({ "execute": true, "reason": "try again" });
    let refused = world.redrive("olga", &current, &go).refused(409, "build_unchanged");
    let message = refused["message"].as_str().unwrap();
    assert!(message.starts_with("`intake` still runs "), "{message}");
    for redrives in [2, 3] {
        let run = world.redrive_to_its_end(&current, true);
        assert_eq!((&run["state"], &run["forced"]), (&json!("stopped"), &json!(true)));
        world.wait_for("the message back in quarantine", || {
            let waiting = world.messages(&current, false);
            waiting
                .iter()
                .any(|m| m["state"] == "waiting" && m["redrives"] == redrives)
                .then_some(())
        });
    }
    let forced = json!({ "execute": true, "reason": "and again", "force": true });
    let refused = world.redrive("olga", &current, &forced).refused(409, "redrive_capped");
    assert_eq!(
        refused["message"],
        "all waiting messages (1) have already been redriven 3 times; discard them"
    );

    // An operator discards the message and must give a reason.
    let discard = format!("/v1/quarantine/{current}/discard");
    let would = world.post("olga", &discard, &json!({})).ok();
    assert_eq!(would["result"], json!({ "discarded": 0, "left": 1 }));
    world.post("olga", &discard, &json!({ "execute": true })).refused(400, "reason_missing");
    let done = json!({ "execute": true, "reason": "nobody needs it" });
    assert_eq!(world.post("olga", &discard, &done).ok()["result"]["discarded"], 1);
    let closed = world
        .wait_for("the discarded message", || world.messages(&current, true).into_iter().next());
    assert_eq!(closed["state"], "discarded");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn operators_do_it_from_the_command_line() {
    let world = World::new();
    let headgate = |args: &[&str]| world.headgate("olga", &[&["dlq"], args].concat());
    // EventBridge marks its dead letters with its own attributes, which name no build.
    let proposals: Vec<_> = (0..3).map(|_| Proposal::new(&world, "dev")).collect();
    // Only this story sends version 1 to the dead-letter queue.
    for proposal in &proposals {
        let (kind, detail) = proposal.event(1);
        let said = [("ERROR_CODE", "SDK_CLIENT_ERROR"), ("ERROR_MESSAGE", "queue is gone")];
        world.send_dead_letter("intake", &entry(&kind, &detail), &said);
    }
    let group = world.wait_for("the group", || {
        world
            .groups()
            .into_iter()
            .find(|g| g["group"]["error_type"] == "target_delivery_failed" && g["open"] == 3)
    });
    let fingerprint = fingerprint(&group);
    let short = &fingerprint[..12];
    assert_eq!(group["group"]["reason"], "EventBridge gave up: SDK_CLIENT_ERROR queue is gone");

    let (code, table, _) = headgate(&["list"]);
    assert!(
        code == 0 && table.contains(short) && table.contains("target_delivery_failed"),
        "{table}"
    );
    let (code, shown, _) = headgate(&["show", short]);
    assert!(code == 0 && shown.contains(&proposals[0].change), "{shown}");
    let (code, _, error) = headgate(&["redrive", short, "--execute"]);
    assert!(code == 2 && error.contains("--reason"), "{error}");
    // The consumer was not at fault and its build has not changed, so the redrive needs `--force`.
    let (code, _, error) = headgate(&["redrive", short]);
    assert!(code == 1 && error.contains("deploy a fix, or use `force`"), "{error}");
    let (code, would, _) = headgate(&["redrive", short, "--force"]);
    assert!(code == 0 && would.contains("would send 3 messages to `intake`"), "{would}");
    assert!(would.contains("nothing was changed"), "{would}");
    let (code, done, error) =
        headgate(&["redrive", short, "--force", "--execute", "--reason", "the queue is back"]);
    assert!(code == 0 && done.contains("3 sent, 3 processed, 0 returned"), "{done}{error}");
    for proposal in &proposals {
        world.wait_status(&proposal.change, "approved");
    }

    // Messages whose consumer has no queue in the fleet can only be discarded.
    let function = world.id("nightly");
    let said =
        [("ErrorCode", "200"), ("ErrorMessage", "boom"), ("dlq.consumer", function.as_str())];
    world.send_dead_letter("intake", "{}", &said);
    let group = world.wait_for("the group", || {
        world.groups().into_iter().find(|g| g["group"]["consumer"] == function && g["open"] == 1)
    });
    let fingerprint = group["group"]["fingerprint"].as_str().unwrap();
    let (code, _, error) = headgate(&["redrive", fingerprint, "--force"]);
    assert!(code == 1 && error.contains("can be discarded, not redriven"), "{error}");
    let (code, would, _) = headgate(&["discard", fingerprint]);
    assert!(code == 0 && would.contains("would discard 1 message(s) permanently"), "{would}");
    let (code, done, _) = headgate(&["discard", fingerprint, "--execute", "--reason", "a test"]);
    assert!(code == 0 && done.contains("discarded 1 message(s)"), "{done}");
    let (code, _, error) = headgate(&["show", "ffffffffffff0000"]);
    assert!(code == 1 && error.contains("no group begins with `ffffffffffff0000`"), "{error}");
}

/// `dlq-handler` could not process them 200 times, and now it can.
#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn messages_of_the_last_queue_end_in_quarantine_and_are_redriven() {
    let world = World::new();
    let build = world.id("last");
    let proposal = Proposal::new(&world, "dev");
    let (kind, detail) = proposal.event(2);
    let said = said(&build, "event_schema", "v2");
    world.send_to("headgate-local-undeliverable", &entry(&kind, &detail), &said);
    let group = world.wait_group(&build, "event_schema", 1);
    assert_eq!(group["group"]["consumer"], "intake");
    let action = json!({ "execute": true, "reason": "repaired" });
    world.redrive("olga", &fingerprint(&group), &action).ok();
    world.wait_status(&proposal.change, "approved");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_ramp_sends_each_message_once() {
    let world = World::new();
    let build = world.id("old");
    let proposal = Proposal::new(&world, "dev");
    let (kind, detail) = proposal.event(2);
    world.put_events("agent.terraform-bot", &[(kind.clone(), detail.clone())]);
    world.wait_status(&proposal.change, "approved");
    let mut tap = Tap::new(&world, &proposal.engagement);
    // Many dead letters of one event. Each has its own quarantine entry, and each is a duplicate to its
    // consumer. LocalStack needs seconds for each one, so it gets fewer.
    let (many, steps) = if world.is_slow() { (10, 4) } else { (40, 6) };
    let body = entry(&kind, &detail);
    for _ in 0..many {
        world.send_dead_letter("intake", &body, &said(&build, "event_schema", "v2"));
    }
    let fingerprint = fingerprint(&world.wait_group(&build, "event_schema", many));
    let run = world.redrive_to_its_end(&fingerprint, false);
    assert_eq!(
        [&run["state"], &run["sent"], &run["processed"], &run["steps"]],
        [&json!("done"), &json!(many), &json!(many), &json!(steps)],
        "{run}"
    );
    // If a message were sent twice, its receipt would arrive twice.
    let many = usize::try_from(many).unwrap();
    let receipts = world.wait_for("a receipt for each message", || {
        let receipts: Vec<_> =
            tap.heard().iter().filter(|e| e["data"]["outcome"] == "processed").cloned().collect();
        (receipts.len() >= many).then_some(receipts)
    });
    let ids: std::collections::BTreeSet<_> = receipts.iter().map(|e| e["id"].to_string()).collect();
    assert_eq!(ids.len(), many);
    assert!(receipts.len() <= many + 4, "{} receipts of {many} messages", receipts.len());
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn what_only_the_fleet_can_know_is_not_believed_from_others() {
    let world = World::new();
    let from_fixture = |text: &str, subject: &str| {
        let mut detail: Value = serde_json::from_str(text).unwrap();
        detail["id"] = json!(uuid::Uuid::new_v4().to_string());
        detail["subject"] = json!(subject);
        detail["correlationid"] = json!(subject);
        detail
    };
    let find = |consumer: &str, subject: &str| {
        world.wait_for("the forged event in quarantine", || {
            let all = world.quarantined();
            all.into_iter().find(|m| m["consumer"] == consumer && m["subject"] == subject)
        })
    };
    // A forged decision of an agent that may send events, past the rule, which lets no agent decide.
    let subject = world.id("forged");
    let decided =
        from_fixture(include_str!("../../../events/fixtures/approval.decided.v2.json"), &subject);
    let body = entry("approval.decided.v2", &decided);
    world.send_batch("headgate-local-metrics-finalizer", &[body]);
    let refused = find("metrics-finalizer", &subject);
    assert_eq!(refused["error_type"], "sender_not_trusted");
    assert_eq!(refused["reason"], "`agent.terraform-bot` may not send `approval.decided.v2`");
    let own = |e: &headgate_domain::timeline::Entry| e.event["type"] == "approval.decided.v2";
    assert!(!world.timeline(&subject).iter().any(own));
    // A redrive that no operator requested, sent straight to the queue.
    let subject = world.id("forged");
    let text = include_str!("../../../events/fixtures/redrive.requested.v1.json");
    let body = entry("redrive.requested.v1", &from_fixture(text, &subject));
    let queue = world.output("/queues/dlq-redrive/queue");
    world.send_batch(queue.rsplit(':').next().unwrap(), &[body]);
    let refused = find("dlq-redrive", &subject);
    assert_eq!(
        refused["reason"],
        "only functions of the fleet may send this event, not `agent.terraform-bot`"
    );
    // Also if it names the right sender.
    let subject = world.id("forged");
    let body = entry("redrive.requested.v1", &from_fixture(text, &subject));
    let body = body.replace("\"agent.terraform-bot\"", "\"headgate.dlq-api\"");
    world.send_batch(queue.rsplit(':').next().unwrap(), &[body]);
    let refused = find("dlq-redrive", &subject);
    assert_eq!(refused["error_type"], "event_unproven");
}
