//! The content hash, admission and environments.

use headgate_domain::content::{PLAN_FILE, Proposal, ReviewedContent};
use headgate_domain::environment::{Environment, Environments};
use headgate_domain::files::FILE_LIST;
use headgate_domain::guards;
use headgate_events::latest::ChangeProposed;
use headgate_events::{Artifact, BundleDigest, ChangeId, Dossier, Lane, PlanHash, RevisionRef};
use serde_json::{Value, json};

fn proposal() -> ChangeProposed {
    let fixture = include_str!("../../../../../events/fixtures/change.proposed.v2.json");
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

#[test]
fn each_part_of_the_content_changes_its_hash() {
    let dossier = proposal().dossier;
    let (plan, bundle) = (PlanHash::from("p"), BundleDigest::from("b"));
    let other_plan: &PlanHash = Box::leak(Box::new("q".into()));
    let c: &ChangeId = Box::leak(Box::new("c".into()));
    let d: &ChangeId = Box::leak(Box::new("d".into()));
    let other_bundle: &BundleDigest = Box::leak(Box::new("c".into()));
    let base = ReviewedContent {
        change: Some(RevisionRef { change: c, revision: 1 }),
        plan_hash: &plan,
        bundle_digest: &bundle,
        environment: "local",
        account: "0",
        region: "r",
        lane: Lane::Execute,
        estimated_cents: None,
        proposal: Some(Proposal::from(&dossier)),
    };
    let with = |edit: &dyn Fn(&mut ReviewedContent<'_>)| {
        let mut content = base.clone();
        edit(&mut content);
        content.hash().unwrap()
    };
    let proposal = |edit: &dyn Fn(&mut Dossier)| {
        let mut dossier = dossier.clone();
        edit(&mut dossier);
        ReviewedContent { proposal: Some(Proposal::from(&dossier)), ..base.clone() }.hash().unwrap()
    };
    let all = [
        with(&|_| ()),
        with(&|r| r.change = Some(RevisionRef { change: d, revision: 1 })),
        with(&|r| r.change = Some(RevisionRef { change: c, revision: 2 })),
        with(&|c| c.change = None),
        with(&|c| c.plan_hash = other_plan),
        with(&|c| c.bundle_digest = other_bundle),
        with(&|c| c.environment = "prod"),
        with(&|c| c.account = "1"),
        with(&|c| c.region = "s"),
        with(&|c| c.lane = Lane::DryRun),
        with(&|c| c.estimated_cents = Some(0)),
        with(&|c| c.proposal = None),
        proposal(&|d| d.monthly_cost_delta_cents = Some(121)),
        proposal(&|d| d.evidence[0].sha256 = "0".repeat(64)),
        proposal(&|d| d.evidence[0].media_type = PLAN_FILE.into()),
        proposal(&|d| d.evidence[0].media_type = FILE_LIST.into()),
        proposal(&|d| d.evidence.clear()),
        proposal(&|d| d.plan.sha256 = "1".repeat(64)),
    ];
    let distinct: std::collections::BTreeSet<_> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
    assert_eq!(all[0], with(&|_| ()));
    assert_eq!(all[0], proposal(&|d| d.why = "words decide nothing".into()));
}

#[test]
fn admission_gives_every_reason_at_once() {
    let environments = environments();
    let local = environments.get("local").unwrap();
    assert!(guards::admission(&"chg-1".into(), &proposal(), Ok(local)).is_empty());
    let mut bad = proposal();
    bad.engagement_id = "Not An Id".into();
    bad.revision = 0;
    bad.account = "999999999999".into();
    bad.region = "eu-west-1".into();
    bad.dossier.why = " ".into();
    bad.dossier.plan = Artifact { sha256: "XY".into(), bytes: u64::MAX, ..bad.dossier.plan };
    let codes: Vec<_> =
        guards::admission(&"chg/1".into(), &bad, Ok(local)).into_iter().map(|r| r.code).collect();
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
    let reasons = guards::admission(&"chg-1".into(), &proposal(), Err(environments.names()));
    assert_eq!(reasons[0].message, "this fleet has no environment `local`; use one of: local");
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
    let seat = |role: &str, people: u32| json!([{"role": role, "people": people}]);
    let gate = |member: &str, value: Value| text(&|v| v[0]["gate"][member] = value.clone());
    assert_eq!(gate("quorum", json!(21)), "local: the gate requires more than 20 people");
    assert_eq!(
        gate("seats", seat("security", 0)),
        "local: a seat needs a role and 1 person or more"
    );
    assert_eq!(gate("seats", seat("security", 21)), "local: security has more than 20 seats");
    let twice = json!([{"role": "a", "people": 1}, {"role": "a", "people": 2}]);
    assert_eq!(gate("seats", twice), "local: the seats of a are listed twice");
    let late = json!([{"after_seconds": 60, "role": "operator"}]);
    assert_eq!(
        gate("escalations", late),
        "local: the escalation to operator begins after the gate has expired"
    );
    let nowhere = json!([{"after_seconds": 6, "role": "operator", "stands_in_for": "security"}]);
    assert_eq!(
        gate("escalations", nowhere),
        "local: operator stands in for security, but no seat is for security"
    );
    assert_eq!(
        gate("seat", json!([])),
        "\"local\": a gate has no field `seat`; its fields: quorum, roles, seats, demanded, escalations, \
         confirm, separation_of_duties, expires_in_seconds"
    );
    let rule = |rule: Value| text(&|v| v[0]["gate_rules"] = json!([rule.clone()]));
    assert_eq!(
        rule(json!({"destroys": 1})),
        "local: a gate rule requires nothing; set `people`, `seats` or `confirm`"
    );
    assert_eq!(rule(json!({"people": 21})), "local: a gate rule requires more than 20 people");
    assert!(rule(json!({"peeple": 2})).contains("unknown field `peeple`"));
    assert!(
        text(&|v| {
            v[0]["name"] = json!("prod");
            v[0]["gate"]["separation_of_duties"] = json!(false);
        })
        .contains("production requires separation_of_duties")
    );
    // An environment with a custom name and the class `prod` follows all production rules.
    let live = |edit: &dyn Fn(&mut Value)| {
        text(&|v| {
            v[0]["name"] = json!("live");
            v[0]["class"] = json!("prod");
            edit(v);
        })
    };
    assert_eq!(
        live(&|v| v[0]["gate"]["quorum"] = json!(0)),
        "live: production requires a quorum of 1 or more"
    );
    let freeze =
        json!([{"from": "2026-12-20T00:00:00Z", "until": "2026-01-04T00:00:00Z", "reason": "r"}]);
    assert_eq!(
        live(&|v| v[0]["freezes"] = freeze.clone()),
        "live: a freeze ends at 2026-01-04T00:00:00Z, before it begins"
    );
    assert_eq!(
        text(&|v| {
            let again = v[0].clone();
            v.as_array_mut().unwrap().push(again);
        }),
        "local: the environment is listed twice"
    );
    let window = |days: &str, minutes: u32| {
        live(&|v| v[0]["windows"] = json!([{"days": [days], "from": "09:00", "minutes": minutes}]))
    };
    assert_eq!(
        window("monday", 60),
        "live: `monday` is not a day; use mon, tue, wed, thu, fri, sat or sun"
    );
    assert_eq!(window("mon", 0), "live: a window needs at least one day, and 1 to 1440 minutes");
}

/// The fleet would assume a role of somebody else, or hand out credentials that outlive the lock.
#[test]
fn credentials_that_cannot_work_are_refused() {
    let parsed = |edit: &dyn Fn(&mut Value)| {
        let mut all = serde_json::to_value(environments()).unwrap();
        let account = all[0]["account"].as_str().unwrap().to_owned();
        all[0]["access"] = json!({
            "role_arn": format!("arn:aws:iam::{account}:role/headgate-local-apply"),
            "external_id": "0123456789abcdef",
        });
        edit(&mut all[0]);
        all.to_string().parse::<Environments>().map(|all| all.0[0].access.clone().unwrap())
    };
    let access = parsed(&|_| ()).unwrap();
    assert_eq!((access.session_seconds, access.widest.name()), (900, "exact"));
    for (edit, said) in [
        (json!({ "role_arn": "arn:aws:iam::999999999999:role/x" }), "a role of the account"),
        (json!({ "role_arn": "arn:aws:iam::000000000000:user/x" }), "a role of the account"),
        (json!({ "external_id": "" }), "external_id"),
        (json!({ "session_seconds": 899 }), "900 to 3600"),
        (json!({ "session_seconds": 3601 }), "900 to 3600"),
        (json!({ "grants": [{ "actions": [] }] }), "actions and resources"),
        (json!({ "width": "exact" }), "unknown field"),
    ] {
        let said_instead = parsed(&|v| {
            for (member, value) in edit.as_object().unwrap() {
                v["access"][member] = value.clone();
            }
        });
        assert!(said_instead.as_ref().is_err_and(|e| e.contains(said)), "{edit}: {said_instead:?}");
    }
    let short = parsed(&|v| v["max_apply_seconds"] = json!(900)).unwrap_err();
    assert!(short.contains("max_apply_seconds"), "{short}");
}

#[test]
fn profiles_are_environments_that_work() {
    for name in Environment::profiles().split(", ") {
        let profile = Environment::profile(name).unwrap();
        let all = serde_json::to_string(&[&profile]).unwrap().parse::<Environments>().unwrap();
        assert_eq!(all.get(name), Some(&profile));
        assert_eq!(profile.is_production(), name == "prod");
    }
    assert_eq!(Environment::profile("nowhere"), None);
}
