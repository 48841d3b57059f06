//! Redrive and discard over HTTP.
#![allow(clippy::unwrap_used)]

use axum::Router;
use headgate_dlq_handler::{Api, router};
use headgate_domain::quarantine::{Entry, Group};
use headgate_ledger::Key;
use headgate_test_support::*;
use insta::assert_json_snapshot;
use serde_json::{Value, json};

fn api(aws: &Aws) -> Router {
    let consumers = json!({ "intake": { "queue_url": "https://sqs/intake", "build": "new" } });
    router(Api {
        flow: aws.flow("dlq-api"),
        consumers: consumers.to_string().parse().unwrap(),
        cap: 3,
        verifier: verifier(),
    })
}

fn group(build: &str) -> Group {
    serde_json::from_value(json!({
        "fingerprint": "f1", "fault": "g1", "error_type": "event_version_unknown",
        "event_type": "change.proposed", "consumer": "intake", "build": build,
        "reason": "version 9 is unknown", "first_seen": now(), "run": null,
    }))
    .unwrap()
}

fn entry(redrives: u32) -> Entry {
    serde_json::from_value(json!({
        "quarantine_id": "q-1", "state": "waiting", "fingerprint": "f1", "fault": "g1",
        "error_type": "event_version_unknown", "reason": "version 9 is unknown", "consumer": "intake",
        "build": "old", "event_type": "change.proposed", "event_id": "e-1", "subject": CHANGE,
        "engagement_id": "eng-orders", "queue": "headgate-intake-dlq", "message_id": "m-1",
        "attempts": 8, "redrives": redrives, "run": null,
        "body": { "uri": "s3://q/sha256/aa", "sha256": "aa", "bytes": 2, "media_type": "application/json" },
        "first_seen": now(), "quarantined_at": now(), "last_seen": now(), "closed_at": null,
    }))
    .unwrap()
}

/// A group with one message on its list.
fn quarantined(build: &str, redrives: u32) -> Aws {
    let list = Key::named(Entry::list("f1", true), "q-1");
    Aws::new()
        .with(&Key::quarantine_group("f1"), &group(build))
        .with(&Key::quarantined("q-1"), &entry(redrives))
        .with(&list, &entry(redrives))
}

async fn redrive(aws: &Aws, body: Value) -> Answer {
    let olga = Caller::new("olga", &["operator"]);
    olga.post(api(aws), "/v1/quarantine/f1/redrive", &body).await
}

#[tokio::test]
async fn without_execute_it_is_a_preview() {
    let aws = quarantined("old", 0);
    let answer = redrive(&aws, json!({})).await;
    assert_eq!((answer.status, aws.writes()), (200, 0));
    assert_json_snapshot!("preview", answer.body);
}

#[tokio::test]
async fn a_redrive_is_requested_with_its_reason() {
    let aws = quarantined("old", 0);
    let answer = redrive(&aws, json!({ "execute": true, "reason": "intake reads v9" })).await;
    assert_eq!((answer.status, aws.published()), (200, vec!["redrive.requested.v1".to_owned()]));
}

#[tokio::test]
async fn a_reason_is_required() {
    let aws = quarantined("old", 0);
    let answer = redrive(&aws, json!({ "execute": true, "reason": " " })).await;
    assert_eq!((answer.error(), aws.writes()), ((400, "reason_missing"), 0));
}

#[tokio::test]
async fn the_build_that_failed_is_not_tried_again_unless_forced() {
    let aws = quarantined("new", 0);
    let body = json!({ "execute": true, "reason": "r" });
    assert_eq!(redrive(&aws, body).await.error(), (409, "build_unchanged"));
    let forced = json!({ "execute": true, "reason": "r", "force": true });
    assert_eq!(redrive(&aws, forced).await.status, 200);
}

#[tokio::test]
async fn a_message_is_redriven_three_times_at_most() {
    let answer = redrive(&quarantined("old", 3), json!({})).await;
    assert_eq!(answer.error(), (409, "redrive_capped"));
}

#[tokio::test]
async fn an_unknown_group_is_not_found() {
    assert_eq!(redrive(&Aws::new(), json!({})).await.error(), (404, "not_found"));
}

#[tokio::test]
async fn only_a_human_operator_acts() {
    let cases = [(&["approver"][..], "role_missing"), (&["agent", "operator"], "human_required")];
    for (roles, code) in cases {
        let router = api(&quarantined("old", 0));
        let caller = Caller::new("x", roles);
        let answer = caller.post(router, "/v1/quarantine/f1/redrive", &json!({})).await;
        assert_eq!(answer.error(), (403, code));
    }
}

#[tokio::test]
async fn a_discard_closes_the_message_and_publishes() {
    let aws = quarantined("old", 0);
    let olga = Caller::new("olga", &["operator"]);
    let body = json!({ "execute": true, "reason": "from a test" });
    let answer = olga.post(api(&aws), "/v1/quarantine/f1/discard", &body).await;
    assert_eq!((answer.status, aws.published()), (200, vec!["message.redriven.v2".to_owned()]));
    assert_json_snapshot!("discarded", json!({ "answer": answer.body, "record": aws.record() }));
}
