//! Comparisons of models, and their effect on the models' standing.

use headgate_e2e::evaluation::{calls, counts, evals, evaluate, suite};
use headgate_e2e::{Proposal, World};
use serde_json::{Value, json};

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
    assert_eq!(shown["report"]["comparisons"][0]["conclusion"], "regressed");
    assert!(shown["report"]["comparisons"][0]["flip_rate"].as_f64().unwrap() <= 0.05);
    let spent = shown["report"]["usd"].as_f64().unwrap();
    assert!(spent > 0.0 && spent < 5.0);

    // The results of the comparison, for people, programs and CI.
    let (code, out, err) = world.headgate("vic", &["eval", "assert", &run]);
    assert_eq!(code, 1, "{out}{err}");
    assert!(err.contains("small is worse than strong over 66 pairs"), "{err}");
    let (code, out, _) = world.headgate("vic", &["eval", "assert", &run, "--format", "junit"]);
    assert!(code == 1 && out.contains("<failure message=\"small is worse than strong"), "{out}");
    let (_, out, _) = world.headgate("vic", &["eval", "compare", &run, "--format", "markdown"]);
    assert!(out.contains("| small | strong |") && out.contains("differ from itself"), "{out}");
    let case = "small+strong/bucket/0/1";
    let (code, out, _) = world.headgate("vic", &["eval", "show", &run, "--case", case]);
    assert!(code == 0 && out.contains("── verifier: strong"), "{out}");
    let (_, out, _) = world.headgate("vic", &["eval", "list", "--limit", "100"]);
    assert!(out.contains(&run), "{out}");

    // The standing that the models have earned, and its effect on their changes.
    for (model, lane) in [("small", "read_only"), ("strong", "dry_run")] {
        let shown = world.wait_for("the model's standing", || {
            let shown = world.get("vic", &format!("/v1/standings/{model}/terraform"));
            (shown.status == 200).then_some(shown.body)
        });
        assert_eq!(shown["standing"]["lane"], lane, "{shown}");
    }
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
        "repeats must be 1 to 100, not 1000",
        "the ceiling must be above 0 and at most 20 US dollars, not 5000",
        "the baseline `other` is not a candidate",
        "`small` is named twice",
        "there is no model `nobody`; the models are busy, down, hanging,",
        "`small+strong` has a verifier, but the suite has no verifier prompt",
    ] {
        assert!(err.contains(reason), "missing `{reason}` in: {err}");
    }
    // Errors in a suite are reported before anything is sent.
    std::fs::write(good.join("tasks/bucket.toml"), "prompts = []\n").unwrap();
    let (code, _, err) = world.headgate("eve", &["eval", "check", good.to_str().unwrap()]);
    assert!(code == 2 && err.contains("tasks/bucket.toml:1: `prompts` has 0"), "{err}");
    // Evaluations cost money, so only people with the role may start one.
    let basics = evals().join("terraform-basics");
    let args = ["eval", "run", basics.to_str().unwrap(), "--candidate", "small", "--ceiling", "1"];
    let (code, _, err) = world.headgate("olga", &args);
    assert!(code == 1 && err.contains("role"), "{err}");
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
    assert!(code == 1 && err.contains("used another version of earlier"), "{err}");
    let (code, _, err) = later("later-twice", "repeats = 3", &["--candidate", "strong"]);
    assert!(code == 1 && err.contains("`strong` is also a candidate of this run"), "{err}");
}
