//! Who gets which deliverable.

use headgate_domain::canonical::sha256_hex;
use headgate_engagements::HandedIn;
use headgate_events::Artifact;
use headgate_ledger::Key;
use headgate_test_support::*;

use crate::over;

const TEXT: &[u8] = b"## Context\n\nOrders need a queue.\n";
const PLAN: &[u8] = br#"{"format_version": "1.2", "planned_values": {}, "resource_changes": []}"#;

/// Asks for a deliverable at this URI, of a result of `terraform-bot`.
async fn asks(uri: &str, bytes: &'static [u8], query: &str) -> Answer {
    let sha256 = sha256_hex(bytes);
    let artifact = Artifact {
        uri: uri.replace("{sha256}", &sha256),
        sha256: sha256.clone(),
        bytes: bytes.len() as u64,
        media_type: "text/markdown".to_owned(),
    };
    let kept = HandedIn {
        phase: "build".to_owned(),
        attempt: 1,
        submission: submission(artifact),
        by: worker(),
    };
    let id = "eng-orders".into();
    let aws = Aws::new()
        .with(&Key::engagement(&id), &phased())
        .with(&Key::submission(&id, "build", 1), &kept);
    let path = format!("/v1/engagements/eng-orders/deliverables/{sha256}{query}");
    Caller::new("vic", &["reader"]).get(over(&aws, bucket(bytes)), &path).await
}

const AT: &str = "?phase=build&attempt=1";

#[tokio::test]
async fn people_read_what_they_decide_on() {
    let answer = asks("s3://artifacts/uploads/agents/terraform-bot/{sha256}", TEXT, AT).await;
    assert_eq!(
        (answer.status, &answer.body["artifact"]["sha256"]),
        (200, &sha256_hex(TEXT).into())
    );
    for other in ["?phase=build&attempt=2", "?phase=look&attempt=1"] {
        let answer =
            asks("s3://artifacts/uploads/agents/terraform-bot/{sha256}", TEXT, other).await;
        assert_eq!(answer.status, 404, "{other}");
    }
}

/// The attack: name the upload of somebody else, or an object of the fleet, as one's own deliverable, and download it.
#[tokio::test]
async fn nobody_gets_what_others_uploaded() {
    for uri in [
        "s3://artifacts/uploads/agents/other-bot/{sha256}",
        // The owner of the agent that handed it in: their uploads may be withheld from agents.
        "s3://artifacts/uploads/people/dana/{sha256}",
        "s3://artifacts/uploads/scans/agents/terraform-bot/{sha256}",
        "s3://artifacts/sha256/{sha256}",
        "s3://elsewhere/uploads/agents/terraform-bot/{sha256}",
    ] {
        assert_eq!(asks(uri, TEXT, AT).await.status, 404, "{uri}");
    }
}

/// DynamoDB refuses long keys as if it had failed.
#[tokio::test]
async fn a_phase_that_cannot_be_one_is_refused() {
    let long = format!("?phase={}&attempt=1", "x".repeat(65));
    for query in [long.as_str(), "?phase=a%23b&attempt=1", "?phase=&attempt=1"] {
        let answer =
            asks("s3://artifacts/uploads/agents/terraform-bot/{sha256}", TEXT, query).await;
        assert_eq!(answer.error(), (400, "id_invalid"), "{query}");
    }
}

/// Sensitive values are in clear in a plan, whatever it is called.
#[tokio::test]
async fn a_plan_is_withheld() {
    let answer = asks("s3://artifacts/uploads/agents/terraform-bot/{sha256}", PLAN, AT).await;
    assert_eq!(answer.error(), (403, "plan_withheld"));
}
