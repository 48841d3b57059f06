//! A model whose outcomes become worse, with its outcomes in parts.

use std::collections::BTreeMap;

use headgate_domain::change::Status;
use headgate_domain::outcomes::{OutcomeKind, Outcomes, Tally, week};
use headgate_domain::records::PermitRecord;
use headgate_events::{Delivery, EngagementId, Lane};
use headgate_ledger::{Key, figure_part};
use headgate_metrics_finalizer::handle;
use headgate_test_support::*;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::finalizer;

const MODEL: &str = "model-a";

/// Outcomes of one kind: for each so many weeks ago, how many of how many were good.
fn outcomes(kind: OutcomeKind, weeks: &[(i64, u64, u64)]) -> Outcomes {
    let mut outcomes = Outcomes::default();
    for (ago, good, all) in weeks {
        let at = now() - SignedDuration::from_hours(168 * ago);
        let tally = Tally { good: *good, all: *all };
        outcomes.weeks.insert(week(at), BTreeMap::from([(kind, tally)]));
    }
    outcomes
}

/// Eight good weeks, and then two with a given number of good outcomes.
fn dropped(kind: OutcomeKind, good: u64) -> Outcomes {
    let mut weeks: Vec<_> = (3..11).map(|ago| (ago, 9, 10)).collect();
    weeks.extend([(2, good, 10), (1, good, 10)]);
    outcomes(kind, &weeks)
}

fn fleet() -> Aws {
    let mut revision = revision();
    revision.proposed.agent.as_mut().unwrap().model = MODEL.to_owned();
    Aws::new()
        .storing()
        .with(&Key::change(&CHANGE.into()), &head(Status::Accepted))
        .with(&Key::revision(&CHANGE.into(), 1), &revision)
}

fn reviewed(engagement: &str) -> Delivery {
    delivery("review.completed.v2", "headgate.pm-review", |d| {
        d["subject"] = CHANGE.into();
        d["correlationid"] = engagement.into();
        d["time"] = json!(now());
        d["data"]["revision"] = 1.into();
        d["data"]["verdict"] = "pass".into();
    })
}

/// The lanes that the model got.
async fn told(aws: &Aws, delivery: Delivery) -> Vec<Value> {
    handle(&finalizer(aws), delivery).await.unwrap();
    let stored = aws.stored();
    let standing =
        |(key, body): (String, Value)| key.starts_with("STANDING#").then(|| body["lane"].clone());
    stored.into_iter().filter_map(standing).collect()
}

fn lane(lane: Lane) -> Value {
    serde_json::to_value(lane).unwrap()
}

/// An engagement in another part than these.
fn other(parts: &[u8]) -> String {
    let mut names = (0..).map(|n| format!("eng-{n}"));
    names.find(|n| !parts.contains(&figure_part(&EngagementId::from(n.as_str())))).unwrap()
}

#[tokio::test]
async fn a_drop_that_only_the_sum_of_the_parts_shows_is_found() {
    // Two parts of a model: neither alone has outcomes before the drop.
    let weeks: Vec<_> = (3..11).map(|ago| (ago, 9, 10)).collect();
    let before = outcomes(OutcomeKind::Review, &weeks);
    let after = |good| outcomes(OutcomeKind::Review, &[(2, good, 10), (1, good, 10)]);
    for (good, lanes) in [(1, vec![lane(Lane::DryRun)]), (9, vec![])] {
        let aws = fleet()
            .with(&Key::outcomes(MODEL, Some(3)), &before)
            .with(&Key::outcomes(MODEL, Some(5)), &after(good));
        assert_eq!(told(&aws, reviewed(&other(&[3, 5]))).await, lanes);
    }
}

#[tokio::test]
async fn what_an_earlier_build_counted_counts() {
    let aws = fleet().with(&Key::outcomes(MODEL, None), &dropped(OutcomeKind::Review, 1));
    assert_eq!(told(&aws, reviewed("eng-orders")).await, [lane(Lane::DryRun)]);
    let stored = aws.stored();
    assert!(stored["MODEL#model-a/OUTCOMES"]["since"].is_string());
}

/// Two kinds dropped since the last look. Each of them used to be found by a fact of its own.
#[tokio::test]
async fn two_drops_at_once_cost_two_lanes() {
    let standing = |lane: Lane| {
        json!({
            "model": MODEL, "family": "terraform", "lane": lane, "earned": lane, "suites": {},
            "lower": 0.9, "upper": 1.0, "reason": "", "updated_at": now(), "promoted_at": now(),
        })
    };
    let key = Key::standing(MODEL, "terraform");
    let one = dropped(OutcomeKind::Review, 1);
    let aws =
        fleet().with(&key, &standing(Lane::Execute)).with(&Key::outcomes(MODEL, Some(1)), &one);
    assert_eq!(told(&aws, reviewed(&other(&[1]))).await, [lane(Lane::DryRun)]);
    // The second one is less certain and begins later, so it is still seen when the history begins again.
    let later = outcomes(OutcomeKind::Permit, &[(2, 12, 12), (1, 2, 12)]);
    let aws = fleet()
        .with(&key, &standing(Lane::Execute))
        .with(&Key::outcomes(MODEL, Some(1)), &one)
        .with(&Key::outcomes(MODEL, Some(2)), &later);
    assert_eq!(told(&aws, reviewed(&other(&[1, 2]))).await, [lane(Lane::ReadOnly)]);
}

/// An incident turns the apply before it into a failure, in the part where it was counted.
#[tokio::test]
async fn an_incident_takes_back_what_another_engagement_counted() {
    let permit =
        PermitRecord { used_at: Some(now()), issued_to: "terraform-bot".into(), ..permit() };
    let aws = fleet()
        .with(&Key::change(&CHANGE.into()), &head(Status::Applying))
        .with(&Key::permit(&CHANGE.into(), "p-1"), &permit);
    let applied = delivery("change.executed.v1", "agent.terraform-bot", |d| {
        d["subject"] = CHANGE.into();
        d["correlationid"] = "eng-orders".into();
        d["time"] = json!(now());
        d["data"]["permit_id"] = "p-1".into();
        d["data"]["revision"] = 1.into();
        d["data"]["content_hash"] = CONTENT.into();
        d["data"]["outcome"] = "succeeded".into();
    });
    told(&aws, applied).await;
    let part = Key::outcomes(MODEL, Some(figure_part(&"eng-orders".into())));
    let calm =
        |aws: &Aws| aws.stored()[&part.to_string()]["weeks"][week(now())]["calm"]["good"].clone();
    assert_eq!(calm(&aws), 1);
    let incident = delivery("signal.recorded.v1", "ops.pager", |d| {
        d["subject"] = CHANGE.into();
        d["correlationid"] = other(&[figure_part(&"eng-orders".into())]).into();
        d["time"] = json!(now());
        d["data"]["environment"] = "local".into();
    });
    told(&aws, incident).await;
    assert_eq!(calm(&aws), 0);
}
