//! Outcomes of a model's changes in use, and how they affect the model's standing.

use aws_sdk_dynamodb::types::AttributeValue;
use headgate_e2e::{Approved, BOT, Proposal, World};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde_json::{Map, Value, json};

fn proposal_of(world: &World, model: &str, environment: &str) -> Proposal {
    let mut proposal = Proposal::new(world, environment);
    proposal.data["agent"]["model"] = json!(model);
    proposal
}

/// A registered model that has no outcomes yet.
fn unused(world: &World, name: &str) -> String {
    let fresh = |model: &String| outcomes(world, model).as_object().is_none_or(Map::is_empty);
    let mut all = (0..20).map(|n| format!("{name}-{n}"));
    all.find(fresh)
        .unwrap_or_else(|| panic!("all models of this story are used; run `cargo xtask down`"))
}

/// The ISO 8601 week that was `ago` weeks ago, in UTC.
fn week(ago: i64) -> String {
    let then = Timestamp::now() - SignedDuration::from_hours(168 * ago);
    let date = then.to_zoned(TimeZone::UTC).date().iso_week_date();
    format!("{:04}-W{:02}", date.year(), date.week())
}

/// Stores review outcomes of a model for past weeks: weeks ago, passed, total.
fn remember(world: &World, model: &str, weeks: &[(i64, u64, u64)]) {
    let weeks: Map<String, Value> = weeks
        .iter()
        .map(|(ago, good, all)| (week(*ago), json!({ "review": { "good": good, "all": all } })))
        .collect();
    let put = world
        .dynamodb()
        .put_item()
        .table_name(world.output("/tables/metrics"))
        .item("pk", AttributeValue::S(format!("MODEL#{model}")))
        .item("sk", AttributeValue::S("OUTCOMES".to_owned()))
        .item("version", AttributeValue::N("1".to_owned()))
        .item("body", AttributeValue::S(json!({ "weeks": weeks }).to_string()));
    world.block_on(put.send()).unwrap();
}

fn outcomes(world: &World, model: &str) -> Value {
    world.get("vic", &format!("/v1/standings/{model}/terraform")).body["outcomes"]["weeks"].clone()
}

/// Good and total outcomes of one kind, summed over all weeks because a story may run past midnight on
/// Sunday.
fn tally(world: &World, model: &str, kind: &str) -> [u64; 2] {
    let weeks = outcomes(world, model);
    let weeks = weeks.as_object().into_iter().flat_map(Map::values);
    weeks.fold([0, 0], |[good, all], week| {
        let part = |name: &str| week[kind][name].as_u64().unwrap_or_default();
        [good + part("good"), all + part("all")]
    })
}

fn signal(world: &World, sender: &str, about: &str, environment: &str) {
    world.put_events(sender, &[(SIGNAL.to_owned(), incident(about, environment))]);
}

/// From an agent, past the rule, which lets only trusted senders through.
fn forged_signal(world: &World, about: &str, environment: &str) {
    let body = headgate_e2e::queue_body(SIGNAL, &incident(about, environment));
    world.send_batch("headgate-local-metrics-finalizer", &[body]);
}

const SIGNAL: &str = "signal.recorded.v1";

fn incident(about: &str, environment: &str) -> Value {
    let kind = SIGNAL;
    json!({
        "specversion": "1.0", "id": uuid::Uuid::new_v4().to_string(), "source": "ops.pager",
        "type": kind, "subject": about, "time": Timestamp::now(),
        "datacontenttype": "application/json", "dataschema": format!("urn:headgate:schema:{kind}"),
        "correlationid": "headgate.signals", "actorkind": "system", "actorid": "pager",
        "data": { "signal": "incident", "environment": environment, "note": "orders are refused" },
    })
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_model_that_gets_worse_is_demoted_by_itself_and_by_one_lane() {
    let world = World::new();
    let model = unused(&world, "worse");
    // For eight weeks, nine of ten reviews passed; last week, only one of ten did. Last week is complete, so
    // the next outcome of the model triggers the demotion.
    let last = week(1);
    let past: Vec<_> = (2..=9).map(|ago| (ago, 9, 10)).chain([(1, 1, 10)]).collect();
    remember(&world, &model, &past);
    let another = proposal_of(&world, &model, "dev");
    another.send(&world).ok();
    let standing = world.wait_for("the demotion", || {
        let shown = world.get("vic", &format!("/v1/standings/{model}/terraform")).body;
        (!shown["standing"].is_null()).then_some(shown)
    });
    // Without evaluations the model had the default lane `execute`, but it had earned only `read_only`.
    assert_eq!(standing["standing"]["lane"], "dry_run", "{standing}");
    assert_eq!(standing["standing"]["earned"], "read_only");
    let why = standing["standing"]["reason"].as_str().unwrap();
    let said = format!("reviews that passed: 10 % since {last}, 90 % before");
    assert_eq!(why, said);
    let promotion = json!({ "lane": "execute", "reason": "we need it" });
    let path = format!("/v1/standings/{model}/terraform/promotions");
    world.post("sam", &path, &promotion).refused(409, "not_earned");
    let changed = world.wait_event(&another.engagement, "standing.changed.v1");
    assert_eq!(changed["data"]["after"], "dry_run");
    assert_eq!(changed["actorkind"], "system");

    // From now on its changes are reviewed against the lower standing.
    let next = proposal_of(&world, &model, "dev");
    next.send(&world).ok();
    let shown = world.wait_status(&next.change, "needs_revision");
    let findings = shown["review"]["findings"].as_array().unwrap();
    assert!(findings.iter().any(|f| f["rule"] == "guards.standing"), "{findings:?}");
    let (code, out, err) = world.headgate("vic", &["standing", "show", &model]);
    assert!(code == 0 && out.contains("90 % before") && out.contains("9 of 10"), "{out}{err}");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn refused_permits_applies_and_incidents_are_counted() {
    let world = World::new();
    let model = unused(&world, "watched");
    let change = Approved::of(&world, proposal_of(&world, &model, "watched"));
    // Two requests with the same wrong plan count as one refusal.
    let mut other = change.request.clone();
    other["plan_hash"] = json!("0000");
    for _ in 0..2 {
        world.post(BOT, &change.permits(), &other).refused(409, "plan_hash_mismatch");
    }
    let refused = world.wait_event(&change.proposal.engagement, "permit.refused.v1");
    assert_eq!(refused["data"], json!({ "revision": 1, "code": "plan_hash_mismatch" }));
    assert_eq!(refused["actorid"], BOT);
    let (permit, body) = change.permit();
    world.use_permit(BOT, &format!("{permit}/use"), &body).ok();
    change.report(&permit, "succeeded");
    world.wait_for("the review, the permits and the apply to be counted", || {
        let tallies = ["review", "permit", "apply", "calm"].map(|k| tally(&world, &model, k));
        (tallies == [[1, 1], [1, 2], [1, 1], [1, 1]]).then_some(())
    });
    // An incident counts only if a trusted sender reports it.
    forged_signal(&world, "watched", "watched");
    world.wait_quarantined("the agent's incident signal", |g| {
        g["error_type"] == "sender_not_trusted"
            && g["consumer"] == "metrics-finalizer"
            && g["event_type"].as_str().is_some_and(|kind| kind.starts_with("signal.recorded"))
    });
    assert_eq!(tally(&world, &model, "calm"), [1, 1]);
    signal(&world, "ops.pager", "watched", "watched");
    signal(&world, "ops.pager", "watched", "watched");
    world.wait_for("the incident to be counted", || {
        (tally(&world, &model, "calm") == [0, 1]).then_some(())
    });
    let (code, out, err) = world.headgate("vic", &["standing", "show", &model]);
    assert!(code == 0 && out.contains("this model has no standing yet"), "{out}{err}");
    assert!(out.contains("1 of 2") && out.contains("0 of 1"), "{out}");
}
