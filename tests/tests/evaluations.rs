//! Evaluations: models of recorded answers, the real fleet.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use headgate_e2e::{Proposal, World};
use serde_json::{Value, json};

fn evals() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../evals")
}

/// A small suite of one's own: some tasks of `terraform-basics` in one wording, with settings.
fn suite(name: &str, tasks: &[&str], settings: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(folder.join("tasks")).unwrap();
    let graders = "[[graders]]\nkind = \"hcl_parses\"\n[[graders]]\nkind = \"no_wildcards\"\n";
    let text = format!("name = \"{name}\"\nfamily = \"terraform\"\n{settings}\n{graders}");
    std::fs::write(folder.join("suite.toml"), text).unwrap();
    for task in tasks {
        let original = evals().join(format!("terraform-basics/tasks/{task}.toml"));
        let original = std::fs::read_to_string(original).unwrap();
        let prompt = original.lines().nth(1).unwrap();
        let text = format!("prompts = [\n{prompt}\n]\n");
        std::fs::write(folder.join(format!("tasks/{task}.toml")), text).unwrap();
    }
    folder
}

/// Runs an evaluation to its end, as somebody who may; the run's id and what was printed.
fn evaluate(world: &World, suite: &Path, args: &[&str]) -> (String, Value) {
    let run = world.id("run");
    let mut all = vec!["eval", "run", suite.to_str().unwrap(), "--run-id", &run];
    all.extend(["--format", "json"]);
    if !args.contains(&"--ceiling") {
        all.extend(["--ceiling", "5"]);
    }
    all.extend(args);
    let (_, out, err) = world.headgate("eve", &all);
    let shown = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{err}"));
    (run, shown)
}

/// Calls that the models were asked for since the stories began: model, task, kind.
fn calls(model: &str) -> Vec<Value> {
    let log = std::fs::read_to_string(std::env::var("HEADGATE_E2E_RECORDED_LOG").unwrap()).unwrap();
    let all = log.lines().map(|l| serde_json::from_str::<Value>(l).unwrap());
    all.filter(|c| c["model"] == model).collect()
}

fn counts(shown: &Value) -> [u64; 3] {
    ["graded", "failed", "skipped"].map(|k| shown["evaluation"]["counts"][k].as_u64().unwrap())
}

fn missing(shown: &Value) -> BTreeMap<String, u64> {
    let all = shown["report"]["missing"].as_array().unwrap().iter();
    all.map(|m| (m["code"].as_str().unwrap().to_owned(), m["cases"].as_u64().unwrap())).collect()
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn two_models_and_a_pair_are_compared() {
    let world = World::new();
    let basics = evals().join("terraform-basics");
    let args = ["--candidate", "strong", "--candidate", "small", "--candidate", "small+strong"];
    let (run, shown) = evaluate(
        &world,
        &basics,
        &[&args[..], &["--baseline", "strong", "--repeats", "2"]].concat(),
    );
    assert_eq!(shown["evaluation"]["status"], "completed", "{shown}");
    assert_eq!(counts(&shown), [198, 0, 0]);
    let rate =
        |i: usize| shown["report"]["candidates"][i]["pass_rate"]["estimate"].as_f64().unwrap();
    assert!(rate(0) > 0.85 && rate(1) < 0.75 && rate(2) > rate(1) + 0.1, "{shown}");
    assert_eq!(shown["report"]["comparisons"][0]["verdict"], "regressed");
    assert!(shown["report"]["comparisons"][0]["flip_rate"].as_f64().unwrap() <= 0.05);
    let spent = shown["report"]["usd"].as_f64().unwrap();
    assert!(spent > 0.0 && spent < 5.0);

    // What a gate says of it, for people, programs and CI.
    let (code, out, err) = world.headgate("vic", &["eval", "gate", &run]);
    assert_eq!(code, 1, "{out}{err}");
    assert!(err.contains("small is worse than strong over 66 pairs"), "{err}");
    let (code, out, _) = world.headgate("vic", &["eval", "gate", &run, "--format", "junit"]);
    assert!(code == 1 && out.contains("<failure message=\"small is worse than strong"), "{out}");
    let (_, out, _) = world.headgate("vic", &["eval", "compare", &run, "--format", "markdown"]);
    assert!(out.contains("| small | strong |") && out.contains("against itself"), "{out}");
    let case = "small+strong/bucket/0/1";
    let (code, out, _) = world.headgate("vic", &["eval", "show", &run, "--case", case]);
    assert!(code == 0 && out.contains("── verifier: strong"), "{out}");
    let (_, out, _) = world.headgate("vic", &["eval", "list", "--limit", "100"]);
    assert!(out.contains(&run), "{out}");

    // What the models have earned, and what that means for their changes.
    let standing = world.wait_for("the standing of the small model", || {
        let shown = world.get("vic", "/v1/standings/small/terraform");
        (shown.status == 200).then_some(shown.body)
    });
    assert_eq!(standing["standing"]["lane"], "read_only", "{standing}");
    let strong = world.get("vic", "/v1/standings/strong/terraform").ok();
    assert_eq!(strong["standing"]["lane"], "dry_run", "{strong}");
    let path = "/v1/standings/small/terraform/promotions";
    let promotion = json!({ "lane": "execute", "reason": "we like it" });
    world.post("vic", path, &promotion).refused(403, "role_missing");
    world.post("terraform-bot", path, &promotion).refused(403, "human_required");
    world.post("sam", path, &promotion).refused(409, "not_earned");
    let mut proposal = Proposal::new(&world, "dev");
    proposal.data["agent"]["model"] = json!("small");
    proposal.send(&world).ok();
    let shown = world.wait_status(&proposal.change, "needs_revision");
    let findings = shown["review"]["findings"].as_array().unwrap();
    assert!(findings.iter().any(|f| f["rule"] == "guards.standing"), "{findings:?}");
    let changed = world.wait_for("the change of standing on the timeline", || {
        let entries = world.timeline("headgate.evaluations").into_iter().map(|e| e.event);
        entries.into_iter().find(|e| e["subject"] == "small/terraform")
    });
    assert_eq!(changed["data"]["after"], "read_only");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_run_that_reaches_its_ceiling_ends_as_partial() {
    let world = World::new();
    // A case of `strong` is put aside for with about six cents, and costs less than one.
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
    // Nobody waited for an answer twice.
    assert_eq!(calls("hanging").len(), 2);
    let (_, out, _) = world.headgate("vic", &["eval", "show", &run]);
    assert!(out.contains("missing: 2 of down (unavailable)"), "{out}");

    // A run without any grade has failed.
    let (code, out, err) = world.headgate(
        "eve",
        &["eval", "run", suite.to_str().unwrap(), "--candidate", "down", "--ceiling", "1"],
    );
    assert!(code == 1 && err.contains("no case of"), "{out}{err}");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_reply_that_is_too_long_is_cut_and_marked() {
    let world = World::new();
    let suite = suite("long", &["bucket", "queue"], "repeats = 1");
    let (run, shown) = evaluate(&world, &suite, &["--candidate", "huge"]);
    assert_eq!(counts(&shown), [2, 0, 0], "{shown}");
    assert_eq!(shown["report"]["candidates"][0]["cut"], 2);
    let (_, out, _) =
        world.headgate("vic", &["--json", "eval", "show", &run, "--case", "huge/queue/0/0"]);
    let shown: Value = serde_json::from_str(&out).unwrap();
    let reply = &shown["evidence"]["exchanges"][0]["replied"];
    assert!(reply["cut_from"].as_u64().unwrap() > 2 * 1024 * 1024);
    assert!(reply["text"].as_str().unwrap().len() <= 256 * 1024);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn bedrock_is_asked_through_the_sdk() {
    let world = World::new();
    if world.is_slow() {
        return; // LocalStack has no Bedrock.
    }
    let suite = suite("bedrock", &["bucket", "queue"], "repeats = 1");
    let (_, shown) = evaluate(&world, &suite, &["--candidate", "nova"]);
    assert_eq!(counts(&shown), [2, 0, 0], "{shown}");
    assert_eq!(calls("amazon.nova-lite-v1:0").len(), 2);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn killed_runners_pay_for_nothing_twice_and_lose_no_case() {
    let world = World::new();
    let suite = suite("killed", &["bucket", "queue", "table"], "repeats = 30");
    let run = world.id("run");
    let folder = suite.to_str().unwrap();
    let args = ["--candidate", "tight", "--ceiling", "5", "--run-id", &run, "--no-wait"];
    let (code, _, err) = world.headgate("eve", &[&["eval", "run", folder][..], &args].concat());
    assert_eq!(code, 0, "{err}");
    let mut chance = fastrand::Rng::with_seed(5);
    let mut killed = 0;
    let shown = world.wait_long_for("the end of a run whose runners are killed", || {
        let shown = world.get("vic", &format!("/v1/evaluations/{run}/report"));
        let running = shown.status != 200 || shown.body["evaluation"]["status"] == "running";
        if running && killed < 6 && world.kill("eval-runner-case", &mut chance) {
            killed += 1;
        }
        (!running).then_some(shown.body)
    });
    let [graded, failed, skipped] = counts(&shown);
    assert_eq!(graded + failed + skipped, 90, "{shown}");
    let missing = missing(&shown);
    assert!(missing.keys().all(|code| code == "abandoned"), "{missing:?}");
    println!("{killed} runners killed: {graded} graded, {failed} abandoned");
    // Each prompt was asked no more often than it has cases.
    let mut asked: BTreeMap<String, u64> = BTreeMap::new();
    for call in calls("small-tight") {
        *asked.entry(call["task"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    assert!(asked.values().all(|n| *n <= 30), "{asked:?}");
    assert!(killed > 0 && asked.len() == 3);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn cases_that_are_run_elsewhere_are_reported_by_who_may() {
    let world = World::new();
    let suite = suite("external", &["bucket", "queue"], "repeats = 1");
    let run = world.id("run");
    let folder = suite.to_str().unwrap();
    let args = ["--candidate", "ours", "--ceiling", "1", "--run-id", &run, "--no-wait"];
    let (code, _, err) = world.headgate("eve", &[&["eval", "run", folder][..], &args].concat());
    assert_eq!(code, 0, "{err}");
    world.wait_for("the run", || {
        let shown = world.get("vic", &format!("/v1/evaluations/{run}"));
        (shown.status == 200).then_some(())
    });
    // Whatever the event says of its source, it is the sender's role that counts.
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
    report("agent.stranger", "bucket", true);
    report("agent.terraform-bot", "bucket", true);
    report("agent.terraform-bot", "bucket", false); // it is on record already
    report("agent.terraform-bot", "queue", false);
    let shown = world.wait_for("the end of the run", || {
        let shown = world.get("vic", &format!("/v1/evaluations/{run}/report"));
        (shown.body["evaluation"]["status"] == "completed").then_some(shown.body)
    });
    assert_eq!(shown["report"]["candidates"][0]["passed"], 1);
    let found = world.wait_for("the stranger's report in quarantine", || {
        let groups = world.groups_if_it_answers().into_iter();
        groups.map(|g| g["group"].clone()).find(|g| g["error_type"] == "reporter_forbidden")
    });
    assert_eq!(found["consumer"], "eval-runner-plan");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_request_that_is_wrong_is_refused_with_every_reason() {
    let world = World::new();
    let good = suite("wrong", &["bucket", "queue"], "repeats = 1");
    let (code, _, err) = world.headgate(
        "eve",
        &[
            "eval",
            "run",
            good.to_str().unwrap(),
            "--candidate",
            "small",
            "--candidate",
            "small",
            "--candidate",
            "nobody",
            "--candidate",
            "small+strong",
            "--baseline",
            "other",
            "--ceiling",
            "5000",
            "--repeats",
            "1000",
        ],
    );
    assert_eq!(code, 1);
    for reason in [
        "repeats are 1 to 100, not 1000",
        "the ceiling is up to 20 US dollars here, not 5000",
        "the baseline `other` is no candidate",
        "`small` is named twice",
        "there is no model `nobody`; there are busy, down, hanging,",
        "`small+strong` has a verifier, and the suite has no prompt for it",
    ] {
        assert!(err.contains(reason), "{reason} is not in {err}");
    }
    // What is wrong with a suite is said before anything is sent.
    std::fs::write(good.join("tasks/bucket.toml"), "prompts = []\n").unwrap();
    let (code, _, err) = world.headgate("eve", &["eval", "check", good.to_str().unwrap()]);
    assert!(code == 2 && err.contains("tasks/bucket.toml:1: `prompts` has 0"), "{err}");
    // It costs money, so not everybody may.
    let basics = evals().join("terraform-basics");
    let args = ["eval", "run", basics.to_str().unwrap(), "--candidate", "small", "--ceiling", "1"];
    let (code, _, err) = world.headgate("olga", &args);
    assert!(code == 1 && err.contains("role"), "{err}");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn keys_are_nowhere_but_in_their_secret() {
    let world = World::new();
    let key = std::env::var("HEADGATE_E2E_RECORDED_KEY").unwrap();
    let suite = suite("keys", &["bucket", "queue"], "repeats = 1\ntimeout_seconds = 3");
    let args = ["--candidate", "small", "--candidate", "down"];
    let (run, shown) = evaluate(&world, &suite, &args);
    assert!(!shown.to_string().contains(&key));
    let written = world.everything_written();
    assert!(written.iter().any(|text| text.contains(&run)), "the run was looked through");
    for text in &written {
        assert!(!text.contains(&key), "{text}");
    }
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_run_whose_time_is_over_ends_without_those_that_nobody_reports() {
    let world = World::new();
    let suite = suite("overdue", &["bucket", "queue"], "repeats = 1");
    let run = world.id("run");
    let folder = suite.to_str().unwrap();
    let args = ["--candidate", "ours", "--candidate", "small", "--baseline", "small"];
    let more = ["--ceiling", "1", "--run-id", &run, "--no-wait"];
    let asked = [&["eval", "run", folder][..], &args, &more].concat();
    let (code, _, err) = world.headgate("eve", &asked);
    assert_eq!(code, 0, "{err}");
    let path = format!("/v1/evaluations/{run}/report");
    world.wait_for("the cases that are run here", || {
        let shown = world.get("vic", &path).body;
        (shown["evaluation"]["counts"]["graded"] == 2).then_some(())
    });
    let gate = || world.headgate("vic", &["eval", "gate", &run]);
    let (code, _, err) = gate();
    assert!(code == 3 && err.contains("is not over: 2 of 4 cases"), "{err}");
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
    // Nobody but the schedule ends anything, and the schedule nothing that has time left.
    sweep("agent.terraform-bot");
    sweep("headgate.schedule");
    world.wait_for("the other sweep in quarantine", || {
        let groups = world.groups_if_it_answers().into_iter();
        groups.map(|g| g["group"].clone()).find(|g| {
            g["error_type"] == "sender_not_believed" && g["consumer"] == "eval-runner-plan"
        })
    });
    assert_eq!(world.get("vic", &path).body["evaluation"]["status"], "running");
    let deadline = world.get("vic", &path).body["evaluation"]["deadline"].clone();
    let past = "2026-01-01T00:00:00Z";
    world.rewrite("/tables/metrics", (&format!("RUN#{run}"), "HEAD"), &|body| {
        body.replace(deadline.as_str().unwrap(), past)
    });
    sweep("headgate.schedule");
    let shown = world.wait_for("the end of the run", || {
        let shown = world.get("vic", &path).body;
        (shown["evaluation"]["status"] == "partial").then_some(shown)
    });
    assert_eq!(counts(&shown), [2, 0, 2], "{shown}");
    assert_eq!(missing(&shown), BTreeMap::from([("unheard".to_owned(), 2)]));
    let (code, _, err) = gate();
    assert!(code == 1 && err.contains("fewer than two tasks have pairs"), "{err}");
    let (code, _, err) = world.headgate("vic", &["eval", "gate", "nothing"]);
    assert!(code == 2 && err.contains("not_found"), "{err}");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn an_earlier_run_is_a_baseline_only_for_the_same_version() {
    let world = World::new();
    let tasks = ["bucket", "queue"];
    let (first, shown) =
        evaluate(&world, &suite("earlier", &tasks, "repeats = 3"), &["--candidate", "strong"]);
    assert_eq!(counts(&shown), [6, 0, 0]);
    let later = |name: &str, settings: &str, args: &[&str]| {
        let folder = suite(name, &tasks, settings);
        let text = std::fs::read_to_string(folder.join("suite.toml")).unwrap();
        let same = text.replace(&format!("name = \"{name}\""), "name = \"earlier\"");
        std::fs::write(folder.join("suite.toml"), same).unwrap();
        let more = ["--baseline", "strong", "--baseline-run", first.as_str(), "--ceiling", "5"];
        let asked = [&["eval", "run", folder.to_str().unwrap()][..], args, &more].concat();
        world.headgate("eve", &[&asked[..], &["--format", "json"]].concat())
    };
    let (code, out, err) = later("later-same", "repeats = 3", &["--candidate", "small"]);
    assert_eq!(code, 0, "{err}");
    let shown: Value = serde_json::from_str(&out).unwrap();
    let compared = &shown["report"]["comparisons"][0];
    assert_eq!(
        (&compared["baseline"], &compared["pairs"]),
        (&json!("strong"), &json!(6)),
        "{shown}"
    );
    let (code, _, err) = later("later-other", "repeats = 2", &["--candidate", "small"]);
    assert!(code == 1 && err.contains("has asked another version of earlier"), "{err}");
    let (code, _, err) = later("later-twice", "repeats = 3", &["--candidate", "strong"]);
    assert!(code == 1 && err.contains("the baseline `strong` is asked in this run"), "{err}");
}
