//! Receipts of redrives that somebody made up: anybody who can send to a consumer's queue can mark any message as redriven.
#![allow(clippy::unwrap_used)]

use aws_smithy_mocks::{RuleMode, mock_client};
use headgate_artifacts::Artifacts;
use headgate_batch::Resend;
use headgate_dlq_handler::{Redriver, redrive};
use headgate_ledger::Key;
use headgate_outbox::{Handled, Once};
use headgate_test_support::*;
use serde_json::json;

fn redriver(aws: &Aws) -> Redriver {
    let none = mock_client!(aws_sdk_s3, []);
    let sqs = mock_client!(aws_sdk_sqs, RuleMode::MatchAny, []);
    let consumers = json!({ "intake": { "queue_url": "https://sqs/intake", "build": "new" } });
    Redriver {
        flow: aws.flow("dlq-redrive"),
        bodies: Artifacts::new(none, "quarantine"),
        resend: Resend::new(sqs),
        consumers: consumers.to_string().parse().unwrap(),
        cap: 3,
    }
}

/// A message that was redriven once, and is being processed.
fn redriving() -> Aws {
    let entry = json!({
        "quarantine_id": "q-1", "state": "redriving", "fingerprint": "f1", "fault": "g1",
        "error_type": "event_version_unknown", "reason": "version 9 is unknown", "consumer": "intake",
        "build": "old", "event_type": "change.proposed", "event_id": "e-1", "subject": CHANGE,
        "engagement_id": "eng-orders", "queue": "headgate-intake-dlq", "message_id": "m-1",
        "attempts": 8, "redrives": 1, "run": null,
        "body": { "uri": "s3://q/sha256/aa", "sha256": "aa", "bytes": 2, "media_type": "application/json" },
        "first_seen": now(), "quarantined_at": now(), "last_seen": now(), "closed_at": null,
    });
    Aws::new().with(&Key::quarantined("q-1"), &entry)
}

async fn receipt(aws: &Aws, cause: &str, number: u32) -> Result<Once, Handled> {
    let said = delivery("message.redriven.v2", "headgate.intake", |d| {
        d["causationid"] = cause.into();
        d["data"] = json!({
            "quarantine_id": "q-1", "redrive": number, "outcome": "processed", "fingerprint": null,
            "run_id": null, "run_group": null, "reason": "`intake` processed the message",
        });
    });
    redrive(&redriver(aws), said).await
}

#[tokio::test]
async fn only_the_receipt_of_the_event_that_was_redriven_counts() {
    for (cause, number) in [("e-2", 1), ("e-1", 2), ("e-1", 99)] {
        let aws = redriving();
        let result = receipt(&aws, cause, number).await;
        assert!(matches!(result, Err(Handled::Poison(r)) if r.code == "receipt_mismatch"));
        assert_eq!(aws.writes(), 0, "no marker: the real receipt must not look like a copy");
    }
    let aws = redriving();
    receipt(&aws, "e-1", 1).await.unwrap();
    assert_eq!(aws.record()["written"][1]["body"]["state"], "processed");
}
