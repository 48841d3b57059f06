//! Facts on the timeline and in the figures.

use headgate_domain::change::Status;
use headgate_domain::figures::Summary;
use headgate_domain::records::PermitRecord;
use headgate_domain::timeline::{Entry, Head};
use headgate_events::Delivery;
use headgate_ledger::Key;
use headgate_metrics_finalizer::{Finalizer, Senders, handle};
use headgate_outbox::{Handled, Once};
use headgate_test_support::*;
use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::finalizer;

fn fact(kind: &str, source: &str, edit: impl FnOnce(&mut Value)) -> Delivery {
    delivery(kind, source, |d| {
        d["subject"] = CHANGE.into();
        edit(d);
    })
}

fn applied(source: &str) -> Delivery {
    fact("change.executed.v1", source, |d| {
        d["data"]["permit_id"] = "p-1".into();
        d["data"]["content_hash"] = CONTENT.into();
        d["data"]["outcome"] = "succeeded".into();
    })
}

fn applying(permit: &PermitRecord) -> Aws {
    Aws::new()
        .with(&Key::change(&CHANGE.into()), &head(Status::Applying))
        .with(&Key::revision(&CHANGE.into(), 1), &revision())
        .with(&Key::permit(&CHANGE.into(), "p-1"), permit)
}

fn used() -> PermitRecord {
    PermitRecord { used_at: Some(now()), issued_to: "terraform-bot".into(), ..permit() }
}

async fn poisoned(delivery: Delivery) -> String {
    let aws = Aws::new();
    match handle(&finalizer(&aws), delivery).await {
        Err(Handled::Poison(refusal)) => {
            assert_eq!(aws.writes(), 0);
            refusal.code.to_owned()
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_fact_is_appended_and_counted() {
    let aws = Aws::new().with(&Key::change(&CHANGE.into()), &head(Status::Accepted));
    let accepted = fact("change.accepted.v1", "headgate.intake", |_| ());
    assert_eq!(handle(&finalizer(&aws), accepted).await.unwrap(), Once::Processed);
    assert_json_snapshot!("accepted", aws.record());
}

#[tokio::test]
async fn the_chain_goes_on_from_its_head() {
    let head = serde_json::json!({ "seq": 41, "hash": "ab".repeat(32), "counted": 41 });
    let accepted = fact("change.accepted.v1", "headgate.intake", |_| ());
    let engagement = accepted.fact.correlation().to_owned();
    let counted = Summary { counted_to: 41, ..Summary::default() };
    let aws = Aws::new()
        .with(&Key::timeline(&engagement), &head)
        .with(&Key::summary(&engagement), &counted);
    handle(&finalizer(&aws), accepted).await.unwrap();
    let record = aws.record();
    let entry = record["written"].as_array().unwrap().iter();
    let entry = entry.map(|w| &w["body"]).find(|b| b["seq"] == 42 && b["prev"].is_string());
    assert_eq!(entry.unwrap()["prev"], "ab".repeat(32));
}

#[tokio::test]
async fn only_the_fleet_says_what_only_the_fleet_can_know() {
    for kind in ["approval.decided.v2", "review.completed.v2", "permit.issued.v1"] {
        assert_eq!(poisoned(fact(kind, "agent.terraform-bot", |_| ())).await, "sender_not_trusted");
    }
    let incident = fact("signal.recorded.v1", "agent.terraform-bot", |_| ());
    assert_eq!(poisoned(incident).await, "sender_not_trusted");
}

/// The attack: an agent puts facts on the timeline of an engagement to which its change does not belong, or which does not exist yet.
#[tokio::test]
async fn nobody_outside_the_fleet_chooses_a_timeline() {
    let known = Aws::new().with(&Key::engagement(&"eng-orders".into()), &engagement());
    for (correlation, engagement, entries) in [
        ("eng-orders", "eng-orders", 1),
        ("eng-orders", "eng-secret", 0),
        ("eng-secret", "eng-secret", 0),
    ] {
        let aws = known.clone().storing();
        let proposed = fact("change.proposed.v2", "agent.terraform-bot", |d| {
            d["id"] = format!("{correlation}-{engagement}").into();
            d["correlationid"] = correlation.into();
            d["data"]["engagement_id"] = engagement.into();
        });
        let before = aws.stored().keys().filter(|k| k.contains("/ENTRY#")).count();
        handle(&finalizer(&aws), proposed).await.unwrap();
        let after = aws.stored().keys().filter(|k| k.contains("/ENTRY#")).count();
        assert_eq!(after - before, entries, "{correlation} {engagement}");
    }
    let mut elsewhere = applied("agent.terraform-bot");
    let headgate_events::Fact::ChangeExecuted(event) = &mut elsewhere.fact else { panic!() };
    event.correlationid = "eng-secret".into();
    let result = handle(&finalizer(&applying(&used())), elsewhere).await;
    assert!(matches!(result, Err(Handled::Poison(r)) if r.code == "engagement_mismatch"));
    assert_eq!(poisoned(applied("agent.terraform-bot")).await, "change_unknown");
}

/// The attack: an agent reports an apply that nobody made, as if the fleet said it, and in the name of a person.
#[tokio::test]
async fn a_line_from_outside_is_in_the_name_of_its_sender() {
    let aws = applying(&used()).storing();
    let forged = fact("change.executed.v1", "agent.other-bot", |d| {
        d["source"] = "headgate.permits-api".into();
        d["actorkind"] = "human".into();
        d["actorid"] = "alice".into();
        d["onbehalfof"] = "bob".into();
    });
    handle(&finalizer(&aws), forged).await.unwrap();
    let stored = aws.stored();
    let (_, entry) = stored.iter().find(|(key, _)| key.contains("/ENTRY#")).unwrap();
    let event = &entry["event"];
    assert_eq!(event["source"], "agent.other-bot");
    assert_eq!((&event["actorkind"], &event["actorid"]), (&"agent".into(), &"other-bot".into()));
    assert!(event["onbehalfof"].is_null(), "{event}");
}

#[tokio::test]
async fn a_trusted_signal_is_recorded() {
    let aws = Aws::new();
    let signal = fact("signal.recorded.v1", "ops.pager", |_| ());
    assert_eq!(handle(&finalizer(&aws), signal).await.unwrap(), Once::Processed);
}

#[tokio::test]
async fn a_reported_apply_ends_its_change() {
    let aws = applying(&PermitRecord { reported_at: Some(now()), ..used() });
    handle(&finalizer(&aws), applied("headgate.permits-api")).await.unwrap();
    assert_eq!(aws.published(), ["change.finalized.v1"]);
    assert_json_snapshot!("finalized", aws.record()["published"]);
}

#[tokio::test]
async fn a_report_on_the_bus_counts_only_from_the_permits_holder() {
    let aws = applying(&used());
    handle(&finalizer(&aws), applied("agent.terraform-bot")).await.unwrap();
    assert_eq!(aws.published(), ["change.finalized.v1"]);
    let aws = applying(&used());
    handle(&finalizer(&aws), applied("agent.somebody-else")).await.unwrap();
    assert!(aws.published().is_empty());
}

#[tokio::test]
async fn an_apply_without_a_permit_is_recorded_and_ends_nothing() {
    let unused = PermitRecord { used_at: None, ..used() };
    let other = PermitRecord { content_hash: "other".into(), ..used() };
    for permit in [unused, other] {
        let aws = applying(&permit);
        handle(&finalizer(&aws), applied("agent.terraform-bot")).await.unwrap();
        assert!(aws.published().is_empty());
        let record = aws.record();
        let summary = record["written"].as_array().unwrap().iter().map(|w| &w["body"]);
        let unpermitted: Vec<_> = summary.filter_map(|b| b["unpermitted"].as_u64()).collect();
        assert_eq!(unpermitted, [1]);
    }
}

#[tokio::test]
async fn a_blocked_review_ends_its_change() {
    let aws = Aws::new()
        .with(&Key::change(&CHANGE.into()), &head(Status::Blocked))
        .with(&Key::revision(&CHANGE.into(), 1), &revision());
    let blocked = fact("review.completed.v2", "headgate.pm-review", |d| {
        d["data"]["verdict"] = "block".into();
        d["data"]["revision"] = 1.into();
    });
    handle(&finalizer(&aws), blocked).await.unwrap();
    assert_eq!(aws.published(), ["change.finalized.v1"]);
}

#[tokio::test]
async fn a_rejected_entry_of_put_events_is_retried() {
    let aws = applying(&PermitRecord { reported_at: Some(now()), ..used() }).rejecting(1);
    handle(&finalizer(&aws), applied("headgate.permits-api")).await.unwrap();
    assert_eq!(aws.published(), ["change.finalized.v1"]);
}

#[tokio::test]
async fn a_conflict_is_decided_again() {
    let aws = Aws::new().refusing(&[Refusal::Conflict]);
    let accepted = fact("change.accepted.v1", "headgate.intake", |_| ());
    assert_eq!(handle(&finalizer(&aws), accepted).await.unwrap(), Once::Processed);
}

#[tokio::test]
async fn a_duplicate_writes_nothing() {
    let aws = Aws::new().refusing(&[Refusal::Duplicate]);
    let accepted = fact("change.accepted.v1", "headgate.intake", |_| ());
    assert_eq!(handle(&finalizer(&aws), accepted).await.unwrap(), Once::AlreadyProcessed);
    assert_eq!(aws.writes(), 0);
}

/// Besides what an event says of itself, its entry says who sent it, and that is part of the entry's hash.
#[tokio::test]
async fn an_entry_says_who_sent_the_event() {
    let roles = r#"{"ops.pager": "arn:aws:iam::123456789012:role/pager"}"#;
    let roles: Senders = roles.parse().unwrap();
    let sent = async |delivery: Delivery| {
        let aws = Aws::new().storing();
        let senders = roles.clone().with_issuer("https://login.example.com/".to_owned());
        let finalizer = Finalizer { senders, ..finalizer(&aws) };
        let engagement = delivery.fact.correlation().clone();
        handle(&finalizer, delivery).await.unwrap();
        let stored = aws.stored();
        let entry: Entry = serde_json::from_value(
            stored[&format!("TIMELINE#{engagement}/ENTRY#000000000001")].clone(),
        )
        .unwrap();
        let again = Head::default().append(&engagement, entry.event.clone(), None).unwrap();
        assert_ne!(again.hash, entry.hash, "the sender is part of the hash");
        entry.sender.unwrap()
    };
    let decided = sent(fact("approval.decided.v2", "headgate.approval-gate-decide", |_| ())).await;
    assert_eq!(decided.source, "headgate.approval-gate-decide");
    assert_eq!(decided.account, "123456789012");
    assert_eq!(decided.issuer.as_deref(), Some("https://login.example.com/"));
    assert!(decided.subject.is_some() && decided.role.is_none());
    // A function that acts on its own has no token, and neither has somebody on the bus, whatever their event says.
    let expired = sent(fact("approval.requested.v2", "headgate.approval-gate-open", |_| ())).await;
    assert_eq!((expired.subject, expired.issuer), (None, None));
    let signal = sent(fact("signal.recorded.v1", "ops.pager", |event| {
        event["actorkind"] = json!("human");
        event["actorid"] = json!("alice");
    }))
    .await;
    assert_eq!(signal.role.as_deref(), Some("arn:aws:iam::123456789012:role/pager"));
    assert_eq!((signal.subject, signal.issuer), (None, None));
}
