//! The content hash, the plan and the guards.
#![allow(clippy::unwrap_used)]

use headgate_domain::content::ReviewedContent;
use headgate_domain::environment::Environments;
use headgate_domain::guards;
use headgate_domain::plan::{Plan, PlanError};
use headgate_events::latest::ChangeProposed;
use headgate_events::{Artifact, Lane};
use serde_json::{Value, json};

fn proposal() -> ChangeProposed {
    let fixture = include_str!("../../../events/fixtures/change.proposed.v2.json");
    let event: headgate_events::Event<ChangeProposed> = serde_json::from_str(fixture).unwrap();
    let mut data = event.data;
    data.dossier.evidence = vec![data.dossier.plan.clone()];
    data
}

fn environments() -> Environments {
    json!([{
        "name": "local", "account": "000000000000", "region": "us-east-1",
        "monthly_cost_limit_cents": 5000,
        "gate": {"quorum": 2, "roles": ["approver"], "separation_of_duties": true,
                 "expires_in_seconds": 60}
    }])
    .to_string()
    .parse()
    .unwrap()
}

fn plan() -> Value {
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {},
        "timestamp": "2026-11-02T09:30:00Z",
        "resource_changes": [
            {"address": "aws_sqs_queue.b", "mode": "managed", "type": "aws_sqs_queue", "name": "b",
             "change": {"actions": ["create"], "before": null, "after": {"name": "b"}}},
            {"address": "aws_sqs_queue.a", "mode": "managed", "type": "aws_sqs_queue", "name": "a",
             "change": {"actions": ["delete", "create"], "before": {}, "after": {"name": "a"}}},
            {"address": "aws_sqs_queue.c", "mode": "managed", "type": "aws_sqs_queue", "name": "c",
             "change": {"actions": ["no-op"], "before": {}, "after": {}}}
        ],
        "configuration": {"root_module": {"module_calls": {"m": {"module": {"resources": [
            {"address": "aws_lb.x", "type": "aws_lb",
             "expressions": {"security_groups": {"references": ["aws_security_group.y.id"]}}}
        ]}}}}}
    })
}

fn parse(value: &Value) -> Plan {
    Plan::parse(value.to_string().as_bytes()).unwrap()
}

#[test]
fn a_plan_is_summed_up_and_flattened() {
    let plan = parse(&plan());
    let sum = plan.summary();
    assert_eq!((sum.create, sum.update, sum.replace, sum.delete), (1, 0, 1, 0));
    assert!(sum.is_destructive());
    assert_eq!(plan.config[0].address, "module.m.aws_lb.x");
    assert_eq!(plan.config[0].references["security_groups"], ["module.m.aws_security_group.y.id"]);
}

#[test]
fn the_plan_hash_sees_effects_and_nothing_else() {
    let one = parse(&plan()).hash().unwrap();
    let mut later = plan();
    later["timestamp"] = json!("2027-01-01T00:00:00Z");
    later["resource_changes"].as_array_mut().unwrap().reverse();
    assert_eq!(parse(&later).hash().unwrap(), one);
    let mut other = plan();
    other["resource_changes"][0]["change"]["after"]["name"] = json!("evil");
    assert_ne!(parse(&other).hash().unwrap(), one);
}

#[test]
fn what_is_not_a_plan_is_refused_with_a_hint() {
    let error = |bytes: &[u8]| Plan::parse(bytes).unwrap_err();
    assert!(matches!(error(b"PK\x03\x04"), PlanError::NotAPlan { .. }));
    assert!(error(br#"{"format_version":"1.0","values":{}}"#).to_string().contains("upload that"));
    let newer = br#"{"format_version":"2.0","planned_values":{}}"#;
    assert_eq!(error(newer).to_string(), "plan format 2.0 is unknown; this build reads 0.1 to 1.x");
    let broken = br#"{"format_version":"1.2","planned_values":{},"errored":true}"#;
    assert!(matches!(error(broken), PlanError::Errored));
}

#[test]
fn each_part_of_the_content_changes_its_hash() {
    let mut dossier = proposal().dossier;
    let of = |d: &_, id: (&str, u32), place: (&str, &str), plan: &str, bundle: &str| {
        ReviewedContent::new(id, place, plan, bundle, d).hash().unwrap()
    };
    let base = of(&dossier, ("c", 1), ("0", "r"), "p", "b");
    let mut all = vec![
        base.clone(),
        of(&dossier, ("d", 1), ("0", "r"), "p", "b"),
        of(&dossier, ("c", 2), ("0", "r"), "p", "b"),
        of(&dossier, ("c", 1), ("1", "r"), "p", "b"),
        of(&dossier, ("c", 1), ("0", "s"), "p", "b"),
        of(&dossier, ("c", 1), ("0", "r"), "q", "b"),
        of(&dossier, ("c", 1), ("0", "r"), "p", "c"),
    ];
    dossier.monthly_cost_delta_cents = Some(121);
    all.push(of(&dossier, ("c", 1), ("0", "r"), "p", "b"));
    dossier.evidence[0].sha256 = "0".repeat(64);
    all.push(of(&dossier, ("c", 1), ("0", "r"), "p", "b"));
    dossier.plan.sha256 = "1".repeat(64);
    all.push(of(&dossier, ("c", 1), ("0", "r"), "p", "b"));
    let distinct: std::collections::BTreeSet<_> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
    assert_eq!(base, of(&proposal().dossier, ("c", 1), ("0", "r"), "p", "b"));
}

#[test]
fn admission_gives_every_reason_at_once() {
    let environments = environments();
    let local = environments.get("local").unwrap();
    assert!(guards::admission("chg-1", &proposal(), Ok(local)).is_empty());
    let mut bad = proposal();
    bad.engagement_id = "Not An Id".into();
    bad.revision = 0;
    bad.account = "999999999999".into();
    bad.region = "eu-west-1".into();
    bad.dossier.why = " ".into();
    bad.dossier.plan = Artifact { sha256: "XY".into(), bytes: u64::MAX, ..bad.dossier.plan };
    let codes: Vec<_> =
        guards::admission("chg/1", &bad, Ok(local)).into_iter().map(|r| r.code).collect();
    assert_eq!(
        codes,
        [
            "id_invalid",
            "id_invalid",
            "revision_invalid",
            "account_mismatch",
            "region_mismatch",
            "dossier_incomplete",
            "artifact_digest_invalid",
            "artifact_oversized"
        ]
    );
    let reasons = guards::admission("chg-1", &proposal(), Err(environments.names()));
    assert_eq!(reasons[0].message, "environment `local` is not served here; known: local");
}

#[test]
fn review_guards_each_have_a_case() {
    let environments = environments();
    let local = environments.get("local").unwrap();
    let summary = parse(&plan()).summary();
    let rules = |change: &dyn Fn(&mut ChangeProposed)| -> Vec<String> {
        let mut data = proposal();
        data.dossier.blast_radius = "The queue is replaced; waiting messages are lost.".into();
        change(&mut data);
        guards::review(&data, local, &summary).into_iter().map(|f| f.rule).collect()
    };
    assert!(rules(&|_| ()).is_empty());
    assert_eq!(rules(&|d| d.account = "1".into()), ["guard.account_region"]);
    assert_eq!(rules(&|d| d.lane = Lane::ReadOnly), ["guard.lane"]);
    assert_eq!(rules(&|d| d.dossier.evidence.clear()), ["guard.evidence"]);
    assert_eq!(rules(&|d| d.dossier.blast_radius = "none".into()), ["guard.blast_radius"]);
    assert_eq!(
        rules(&|d| d.dossier.blast_radius = "one queue gets slower".into()),
        ["guard.blast_radius_destruction"]
    );
    assert_eq!(
        rules(&|d| d.dossier.blast_radius = "replaces it with an outage of a minute".into()),
        ["guard.blast_radius_alarm"]
    );
    assert_eq!(rules(&|d| d.dossier.rollback = "none".into()), ["guard.rollback"]);
    assert_eq!(rules(&|d| d.dossier.monthly_cost_delta_cents = None), ["guard.cost_unknown"]);
    assert_eq!(rules(&|d| d.dossier.monthly_cost_delta_cents = Some(5001)), ["guard.cost_limit"]);
}

#[test]
fn environments_that_cannot_work_are_refused() {
    let text = |edit: &dyn Fn(&mut Value)| {
        let mut all = serde_json::to_value(environments()).unwrap();
        edit(&mut all);
        all.to_string().parse::<Environments>().unwrap_err()
    };
    assert!(text(&|v| *v = json!([])).contains("no environment"));
    assert!(text(&|v| v[0]["gate"]["roles"] = json!([])).contains("names no role"));
    assert!(text(&|v| v[0]["gate"]["expires_in_seconds"] = json!(0)).contains("expire at once"));
    assert!(
        text(&|v| {
            v[0]["name"] = json!("prod");
            v[0]["gate"]["separation_of_duties"] = json!(false);
        })
        .contains("cannot be switched off")
    );
}
