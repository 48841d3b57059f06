//! Every evaluation run ends, and no case is paid for twice, whatever fails.
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

use std::collections::BTreeMap;

use headgate_e2e::World;
use headgate_e2e::evaluation::{begin, calls, counts, evaluate, missing, suite};
use serde_json::{Value, json};

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_run_that_reaches_its_ceiling_ends_as_partial() {
    let world = World::new();
    // The budget reserves about six cents for a case of `strong`; the case costs less than one cent.
    let suite = suite("ceiling", &["bucket", "queue"], "repeats = 20");
    let (_, shown) = evaluate(&world, &suite, &["--candidate", "strong", "--ceiling", "0.1"]);
    assert_eq!(shown["evaluation"]["status"], "partial", "{shown}");
    let [graded, failed, skipped] = counts(&shown);
    assert!(graded > 0 && failed == 0 && skipped > 0 && graded + skipped == 40, "{shown}");
    assert_eq!(missing(&shown), BTreeMap::from([("ceiling".to_owned(), skipped)]));
    assert!(shown["report"]["usd"].as_f64().unwrap() <= 0.1);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn what_is_not_answered_is_failed_and_no_zero() {
    let world = World::new();
    let suite = suite("silent", &["bucket", "queue"], "repeats = 1\ntimeout_seconds = 3");
    let args = ["--candidate", "down", "--candidate", "hanging", "--candidate", "busy"];
    let (run, shown) = evaluate(&world, &suite, &args);
    assert_eq!(shown["evaluation"]["status"], "partial", "{shown}");
    assert_eq!(counts(&shown), [2, 4, 0]);
    let expected = [("timed_out", 2), ("unavailable", 2)].map(|(k, n)| (k.to_owned(), n));
    assert_eq!(missing(&shown), BTreeMap::from(expected));
    assert_eq!(shown["report"]["candidates"][0]["pass_rate"], Value::Null);
    // Each case that timed out was called only once.
    assert_eq!(calls("hanging").len(), 2);
    let (_, out, _) = world.headgate("vic", &["eval", "show", &run]);
    assert!(out.contains("missing: 2 of down (unavailable)"), "{out}");

    // If no case was graded, the run fails.
    let (code, out, err) = world.headgate(
        "eve",
        &["eval", "run", suite.to_str().unwrap(), "--candidate", "down", "--ceiling", "1"],
    );
    assert!(code == 1 && err.contains("no case of"), "{out}{err}");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn killed_runners_pay_for_nothing_twice_and_lose_no_case() {
    let world = World::new();
    // The model has one slot, and a killed runner holds it until the timeout. So the timeout is short.
    let settings = "repeats = 30\ntimeout_seconds = 3";
    let suite = suite("killed", &["bucket", "queue", "table"], settings);
    let run = begin(&world, &suite, &["--candidate", "tight", "--ceiling", "5"]);
    let mut chance = fastrand::Rng::with_seed(5);
    let mut killed = 0;
    let shown = world.wait_long_for("the end of the run whose runners are killed", || {
        let shown = world.get("vic", &format!("/v1/evaluations/{run}/report"));
        let running = shown.status != 200 || shown.body["evaluation"]["status"] == "running";
        // Kills one runner after every ten graded cases, up to six.
        let graded = shown.body["evaluation"]["counts"]["graded"].as_u64().unwrap_or_default();
        let next = graded > 10 * killed && killed < 6;
        if running && next && world.kill("eval-runner-case", &mut chance) {
            killed += 1;
        }
        (!running).then_some(shown.body)
    });
    let [graded, failed, skipped] = counts(&shown);
    assert_eq!(graded + failed + skipped, 90, "{shown}");
    let missing = missing(&shown);
    assert!(missing.keys().all(|code| code == "abandoned"), "{missing:?}");
    println!("{killed} runners killed: {graded} graded, {failed} abandoned");
    // Each task was asked at most once per case.
    let mut asked: BTreeMap<String, u64> = BTreeMap::new();
    for call in calls("small-tight") {
        *asked.entry(call["task"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    assert!(asked.values().all(|n| *n <= 30), "{asked:?}");
    // A case whose call had not begun is taken over, not given up. One that was asked is also given up if its runner
    // was too late to save the answer, which happens on a busy machine.
    let begun = asked.values().sum::<u64>() + killed;
    assert!(graded + failed <= begun, "{graded} graded, {failed} abandoned: {asked:?}");
    assert!(killed > 0 && asked.len() == 3);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn cases_that_are_run_elsewhere_are_reported_by_who_may() {
    let world = World::new();
    let suite = suite("external", &["bucket", "queue"], "repeats = 1");
    let run = begin(&world, &suite, &["--candidate", "ours", "--ceiling", "1"]);
    world.wait_for("the run to be shown", || {
        let shown = world.get("vic", &format!("/v1/evaluations/{run}"));
        (shown.status == 200).then_some(())
    });
    // The role of the sender on the bus counts, not the source that the event names.
    let report = |sender: &str, task: &str, passed: bool| {
        let id = uuid::Uuid::new_v4().to_string();
        let kind = "eval.case.completed.v1";
        let detail = json!({
            "specversion": "1.0", "id": id, "source": "agent.terraform-bot", "type": kind, "subject": run,
            "time": jiff::Timestamp::now(), "datacontenttype": "application/json",
            "dataschema": format!("urn:headgate:schema:{kind}"), "correlationid": "headgate.evaluations",
            "actorkind": "agent", "actorid": "terraform-bot",
            "data": {
                "case": { "candidate": "ours", "task": task, "paraphrase": 0, "repeat": 0 },
                "result": { "outcome": "graded", "score": 1.0, "passed": passed, "grades": [] },
                "usage": { "calls": 1, "input_tokens": 1, "output_tokens": 1, "micro_usd": 0, "seconds": 1.0 },
            },
        });
        world.put_events(sender, &[(kind.to_owned(), detail)]);
    };
    report("agent.terraform-bot", "bucket", true);
    // The queue keeps no order and only the first report counts, so wait for it before sending another.
    world.wait_for("the first report to be counted", || {
        let shown = world.get("vic", &format!("/v1/evaluations/{run}"));
        (shown.body["evaluation"]["counts"]["graded"] == 1).then_some(())
    });
    report("agent.terraform-bot", "bucket", false); // ignored: the case is already graded
    report("agent.stranger", "queue", true);
    let found = world
        .wait_quarantined("the stranger's report", |g| g["error_type"] == "reporter_forbidden");
    assert_eq!(found["consumer"], "eval-runner-plan");
    report("agent.terraform-bot", "queue", false);
    let shown = world.wait_for("the end of the run", || {
        let shown = world.get("vic", &format!("/v1/evaluations/{run}/report"));
        (shown.body["evaluation"]["status"] == "completed").then_some(shown.body)
    });
    assert_eq!(shown["report"]["candidates"][0]["passed"], 1);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn keys_are_nowhere_but_in_their_secret() {
    let world = World::new();
    let key = std::env::var("HEADGATE_E2E_RECORDED_KEY").unwrap();
    let suite = suite("keys", &["bucket", "queue"], "repeats = 1\ntimeout_seconds = 3");
    let args = ["--candidate", "small", "--candidate", "down"];
    let (run, shown) = evaluate(&world, &suite, &args);
    assert_eq!(counts(&shown), [2, 2, 0], "{shown}");
    assert!(!shown.to_string().contains(&key));
    let written = world.everything_written();
    assert!(written.iter().any(|text| text.contains(&run)), "the run's data was not searched");
    assert!(written.iter().any(|text| text.contains("\"_aws\"")), "the logs were not searched");
    for text in &written {
        assert!(!text.contains(&key), "{text}");
    }
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_run_whose_time_is_over_ends_without_those_that_nobody_reports() {
    let world = World::new();
    let suite = suite("overdue", &["bucket", "queue"], "repeats = 1");
    let args = ["--candidate", "ours", "--candidate", "small", "--baseline", "small"];
    let run = begin(&world, &suite, &[&args[..], &["--ceiling", "1"]].concat());
    let path = format!("/v1/evaluations/{run}/report");
    world.wait_for("the cases that the fleet runs", || {
        let shown = world.get("vic", &path).body;
        (shown["evaluation"]["counts"]["graded"] == 2).then_some(())
    });
    let assertion = || world.headgate("vic", &["eval", "assert", &run]);
    let (code, _, err) = assertion();
    assert!(code == 3 && err.contains("is still running: 2 of 4 cases"), "{err}");
    let sweep = |sender: &str| {
        let kind = "eval.sweep.requested.v1";
        let detail = json!({
            "specversion": "1.0", "id": uuid::Uuid::new_v4().to_string(), "type": kind,
            "source": "headgate.schedule", "subject": "evaluations", "time": jiff::Timestamp::now(),
            "datacontenttype": "application/json", "dataschema": format!("urn:headgate:schema:{kind}"),
            "correlationid": "headgate.evaluations", "actorkind": "system", "actorid": "schedule",
            "data": {},
        });
        world.put_events(sender, &[(kind.to_owned(), detail)]);
    };
    // Only the schedule may request a sweep.
    sweep("agent.terraform-bot");
    world.wait_quarantined("the forged sweep", |g| {
        g["error_type"] == "sender_not_trusted" && g["consumer"] == "eval-runner-plan"
    });
    assert_eq!(world.get("vic", &path).body["evaluation"]["status"], "running");
    let deadline = world.get("vic", &path).body["evaluation"]["deadline"].clone();
    let past = "2026-01-01T00:00:00Z";
    // A sweep does not end a run that has time left. This run is newer, so the sweep checks it first.
    let live = begin(&world, &suite, &["--candidate", "ours", "--ceiling", "1"]);
    let status = |run: &str| {
        world.get("vic", &format!("/v1/evaluations/{run}")).body["evaluation"]["status"].clone()
    };
    world.wait_for("the newer run to start", || (status(&live) == "running").then_some(()));
    world.rewrite("/tables/metrics", (&format!("RUN#{run}"), "HEAD"), &|body| {
        body.replace(deadline.as_str().unwrap(), past)
    });
    sweep("headgate.schedule");
    let shown = world.wait_for("the end of the run", || {
        let shown = world.get("vic", &path).body;
        (shown["evaluation"]["status"] == "partial").then_some(shown)
    });
    assert_eq!(status(&live), "running");
    assert_eq!(counts(&shown), [2, 0, 2], "{shown}");
    assert_eq!(missing(&shown), BTreeMap::from([("unheard".to_owned(), 2)]));
    let (code, _, err) = assertion();
    assert!(code == 1 && err.contains("fewer than two tasks have pairs"), "{err}");
    let (code, _, err) = world.headgate("vic", &["eval", "assert", "nothing"]);
    assert!(code == 2 && err.contains("not_found"), "{err}");
}
