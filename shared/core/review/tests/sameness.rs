//! Votes for one revision stand for the next only if nothing differs that decides what an apply does: 100,000 pairs of revisions, of which
//! the second was changed at random. What each change means was written down by hand here, not taken from the code.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::HashMap;

use headgate_domain::plan::Plan;
use headgate_domain::state::PlannedState;
use headgate_events::{Artifact, EffectHash, Lane};
use headgate_review::{Report, Reviewed};
use headgate_test_support::{report, revision};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

const PAIRS: u32 = 100_000;

/// A plan with one of each: a creation, a replacement, a value that is not known, a resource that stays as it is, a data source, an
/// output, drift, a check, an action, a provider and a provisioner.
fn plan() -> Value {
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "timestamp": "2026-11-02T09:30:00Z", "applyable": true,
        "variables": {"size": {"value": "small"}},
        "planned_values": {"root_module": {"resources": [{"address": "aws_sqs_queue.a"}]}},
        "prior_state": {"values": {"root_module": {}}},
        "resource_changes": [
            {"address": "aws_sqs_queue.a", "mode": "managed", "type": "aws_sqs_queue", "name": "a",
             "change": {"actions": ["create"], "before": null, "after": {"name": "a", "delay": 5},
                        "after_unknown": {"arn": true}, "after_sensitive": {}}},
            {"address": "aws_sqs_queue.b", "mode": "managed", "type": "aws_sqs_queue", "name": "b",
             "action_reason": "replace_because_cannot_update",
             "change": {"actions": ["delete", "create"], "before": {"name": "b"}, "after": {"name": "c"}}},
            {"address": "aws_sqs_queue.z", "mode": "managed", "type": "aws_sqs_queue", "name": "z",
             "change": {"actions": ["no-op"], "before": {"name": "z"}, "after": {"name": "z"}}},
            {"address": "data.http.d", "mode": "data", "type": "http", "name": "d",
             "change": {"actions": ["read"], "before": null, "after": {"url": "https://a"}}},
        ],
        "resource_drift": [
            {"address": "aws_sqs_queue.z", "mode": "managed", "type": "aws_sqs_queue", "name": "z",
             "change": {"actions": ["update"], "before": {"delay": 1}, "after": {"delay": 2}}},
        ],
        "output_changes": {"url": {"actions": ["create"], "before": null, "after": "u"}},
        "checks": [{"address": {"to_display": "check.c"}, "status": "pass"}],
        "action_invocations": [{"address": "action.x.y", "config_values": {"payload": "p"}}],
        "relevant_attributes": [{"resource": "aws_sqs_queue.b", "attribute": ["name"]}],
        "configuration": {
            "provider_config": {"aws": {"name": "aws", "full_name": "registry/aws",
                "expressions": {"region": {"constant_value": "eu-west-1"}}}},
            "root_module": {"resources": [
                {"address": "aws_sqs_queue.a", "mode": "managed", "type": "aws_sqs_queue", "provider_config_key": "aws",
                 "provisioners": [{"type": "local-exec", "expressions": {"command": {"constant_value": "make"}}}]},
            ]},
        },
    })
}

/// Values of the plan that decide what an apply does, as JSON pointers.
const DECIDES: [&str; 16] = [
    "/variables/size/value",
    "/resource_changes/0/address",
    "/resource_changes/0/change/after/name",
    "/resource_changes/0/change/after/delay",
    "/resource_changes/0/change/after_unknown/arn",
    "/resource_changes/1/change/actions/0",
    "/resource_changes/1/change/before/name",
    "/resource_changes/1/change/after/name",
    "/resource_changes/2/change/actions/0",
    "/resource_changes/3/change/after/url",
    "/output_changes/url/after",
    "/output_changes/url/actions/0",
    "/action_invocations/0/config_values/payload",
    "/configuration/provider_config/aws/expressions/region/constant_value",
    "/configuration/root_module/resources/0/provisioners/0/expressions/command/constant_value",
    "/configuration/root_module/resources/0/provider_config_key",
];

/// Values that say when, how or why it was planned, or repeat what is said elsewhere.
const DESCRIBES: [&str; 10] = [
    "/timestamp",
    "/terraform_version",
    "/planned_values/root_module/resources/0/address",
    "/prior_state/values",
    "/resource_changes/1/action_reason",
    "/resource_changes/2/change/after/name",
    "/resource_drift/0/change/after/delay",
    "/checks/0/status",
    "/relevant_attributes/0/resource",
    "/applyable",
];

fn pointer(index: usize) -> &'static str {
    DECIDES.get(index).unwrap_or_else(|| &DESCRIBES[index - DECIDES.len()])
}

/// Another value of the same kind.
fn other(value: &Value, by: u64) -> Value {
    match value {
        Value::Bool(value) => json!(!value),
        Value::Number(number) => json!(number.as_u64().unwrap() + by + 1),
        // Actions are a closed set.
        Value::String(text) if text == "create" || text == "no-op" => json!("update"),
        Value::String(text) if text == "delete" => json!("forget"),
        Value::String(text) => json!(format!("{text}{by}")),
        other => json!([other, by]),
    }
}

type Edit = fn(&mut Pair, u64);

/// A revision as it is proposed and reviewed.
#[derive(Clone)]
struct Pair {
    revision: headgate_domain::records::Revision,
    report: Report,
}

fn base() -> Pair {
    let (mut revision, mut report) = (revision(), report());
    revision.proposed.dossier.evidence.push(Artifact {
        uri: "s3://artifacts/list".to_owned(),
        sha256: "1".repeat(64),
        bytes: 9,
        media_type: headgate_domain::files::FILE_LIST.to_owned(),
    });
    report.config_sha256 = Some("c".to_owned());
    report.prior_state_sha256 = Some("p".to_owned());
    report.state = Some(PlannedState {
        backend: "s3".to_owned(),
        place: [("bucket".to_owned(), "states".to_owned())].into(),
        workspace: "default".to_owned(),
        lineage: "l".to_owned(),
        serial: 7,
    });
    Pair { revision, report }
}

/// Edits the state, unless another edit has removed it.
fn state(pair: &mut Pair, edit: impl FnOnce(&mut PlannedState)) {
    pair.report.state.as_mut().map(edit);
}

/// Differences beside the plan that void every vote.
const VOIDS: [Edit; 25] = [
    // Voters saw what the credentials may do.
    |pair, by| {
        let access = json!({ "version": by, "policies": [] });
        pair.report.access = Some(serde_json::from_value(access).unwrap());
    },
    |p, n| p.report.bundle_digest = format!("policies{n}").as_str().into(),
    |p, n| {
        p.report.demands.push(
            serde_json::from_value(
                json!({"why": format!("r.{n}"), "people": 1, "role": "security"}),
            )
            .unwrap(),
        )
    },
    |p, n| {
        let finding = json!({"rule": format!("r.{n}"), "severity": "warning", "resource": "", "message": "", "fix": ""});
        p.report.findings.push(serde_json::from_value(finding).unwrap());
    },
    |p, n| p.report.basis.estimated_cents = Some(i64::try_from(n).unwrap()),
    |p, n| {
        p.revision.proposed.dossier.monthly_cost_delta_cents =
            Some(i64::try_from(n + 100_000).unwrap())
    },
    |p, _| p.report.basis.environment.gate.quorum += 1,
    |p, n| p.revision.proposed.account = format!("{:012}", n + 1),
    |p, n| p.revision.proposed.region = format!("eu-{n}"),
    |p, n| p.revision.proposed.environment = format!("env{n}"),
    |p, _| p.revision.proposed.lane = Lane::DryRun,
    |p, n| p.report.config_sha256 = Some(format!("c{n}")),
    |p, _| p.report.config_sha256 = None,
    |p, n| p.report.prior_state_sha256 = Some(format!("p{n}")),
    |p, _| p.report.prior_state_sha256 = None,
    |p, n| state(p, |s| drop(s.place.insert("bucket".to_owned(), format!("other{n}")))),
    |p, n| state(p, |s| s.workspace = format!("w{n}")),
    |p, n| state(p, |s| s.lineage = format!("l{n}")),
    |p, _| p.report.state = None,
    |p, n| p.revision.proposed.dossier.evidence.last_mut().unwrap().sha256 = format!("{n:064}"),
    |p, _| drop(p.revision.proposed.dossier.evidence.pop()),
    |p, n| p.revision.proposed.dossier.rollback = format!("none {n}"),
    |p, n| p.revision.proposed.dossier.blast_radius = format!("more {n}"),
    |p, n| p.revision.proposed.dossier.owner = format!("owner{n}").as_str().into(),
    |p, n| {
        let agent = json!({"id": format!("bot{n}"), "model": "m", "human_owner": "dana"});
        p.revision.proposed.agent = Some(serde_json::from_value(agent).unwrap());
    },
];

/// Differences that void nothing.
const KEEPS: [Edit; 5] = [
    |p, n| p.revision.proposed.dossier.why = format!("why {n}"),
    |p, n| p.revision.proposed.dossier.plan.sha256 = format!("{n:064}"),
    |p, n| p.revision.proposed.dossier.evidence[0].sha256 = format!("{n:064}"),
    |p, n| state(p, |s| s.serial += n),
    |p, n| p.report.content_hash = format!("content{n}").as_str().into(),
];

/// The effect hash of a plan; `None` if it is not a plan.
fn effect(plan: &Value) -> Option<EffectHash> {
    let plan = Plan::parse(plan.to_string().as_bytes()).ok()?;
    Some(plan.effect_hash().unwrap())
}

#[test]
fn no_vote_stands_for_another_effect_in_100_000_pairs() {
    let (plan, mut before) = (plan(), base());
    before.report.effect_hash = effect(&plan).unwrap();
    for pointer in DECIDES.iter().chain(&DESCRIBES) {
        assert!(plan.pointer(pointer).is_some(), "{pointer}");
    }
    let mut runner =
        TestRunner::new(Config { cases: PAIRS, failure_persistence: None, ..Config::default() });
    let plans = DECIDES.len() + DESCRIBES.len();
    let beside = VOIDS.len() + KEEPS.len();
    // Up to three changes of the plan and three beside it; none at all is a pair, too.
    let edits = (
        prop::collection::btree_set(0..plans, 0..3),
        prop::collection::btree_set(0..beside, 0..3),
        0_u64..1_000,
    );
    let (mut stood, mut void) = (0_u32, 0_u32);
    let counts = std::cell::RefCell::new((&mut stood, &mut void));
    // Hashing a plan takes most of the time, and many pairs have the same one.
    let hashed = std::cell::RefCell::new(HashMap::new());
    runner
        .run(&edits, |(plans, beside, by)| {
            let (mut next, by) = (before.clone(), by % 32);
            let mut hashed = hashed.borrow_mut();
            let effect = hashed.entry((plans.clone(), by)).or_insert_with(|| {
                let mut changed = plan.clone();
                for index in &plans {
                    let value = changed.pointer_mut(pointer(*index)).unwrap();
                    *value = other(value, by);
                }
                effect(&changed)
            });
            let mut voids = plans.iter().any(|index| *index < DECIDES.len());
            // What is no plan any more is never reviewed.
            let Some(effect) = effect else { return Ok(()) };
            next.report.effect_hash = effect.clone();
            for index in beside {
                let decides = index < VOIDS.len();
                let edit = if decides { VOIDS[index] } else { KEEPS[index - VOIDS.len()] };
                edit(&mut next, by);
                voids |= decides;
            }
            let reviewed = Reviewed { revision: &before.revision, report: &before.report };
            let differs =
                reviewed.differs(&Reviewed { revision: &next.revision, report: &next.report });
            prop_assert_eq!(!differs.is_empty(), voids, "{:?}", differs);
            let mut counts = counts.borrow_mut();
            *(if voids { &mut *counts.1 } else { &mut *counts.0 }) += 1;
            Ok(())
        })
        .unwrap();
    let plans = hashed.borrow().len();
    println!("{PAIRS} pairs with {plans} plans: votes stood in {stood} and were void in {void}");
    assert!(stood > PAIRS / 20 && void > PAIRS / 2, "{stood} {void}");
}

/// Each difference alone, so that none hides behind another.
#[test]
fn each_difference_counts_alone() {
    let (plan, mut before) = (plan(), base());
    before.report.effect_hash = effect(&plan).unwrap();
    let differs = |next: &Pair| {
        Reviewed { revision: &before.revision, report: &before.report }
            .differs(&Reviewed { revision: &next.revision, report: &next.report })
    };
    for (n, edit) in VOIDS.iter().enumerate() {
        let mut next = before.clone();
        edit(&mut next, 1);
        assert!(!differs(&next).is_empty(), "difference {n}");
    }
    for (n, edit) in KEEPS.iter().enumerate() {
        let mut next = before.clone();
        edit(&mut next, 1);
        assert!(differs(&next).is_empty(), "harmless difference {n}: {:?}", differs(&next));
    }
    // A review of an earlier build has no effect hash. Nothing is known of it.
    let mut old = before.clone();
    old.report.effect_hash = "".into();
    let same = Reviewed { revision: &old.revision, report: &old.report };
    assert_eq!(same.differs(&same), ["effect"]);
}
