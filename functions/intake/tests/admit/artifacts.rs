//! Artifacts of a proposal: whose they are, and what is in them.

use headgate_domain::canonical::sha256_hex;
use headgate_domain::change::Status;
use headgate_intake::handle;
use headgate_ledger::Key;
use headgate_test_support::*;
use serde_json::{Value, json};

use super::{PLAN_JSON, intake, known, proposed, refused};

#[tokio::test]
async fn bytes_other_than_declared_and_bytes_that_are_no_plan_are_refused() {
    let other = refused(&known(), b"{}", proposed("agent.terraform-bot", |_| ())).await;
    assert_eq!(other, ["artifact_size_mismatch"]);
    let no_plan = proposed("agent.terraform-bot", |d| {
        let sha256 = sha256_hex(b"[]");
        d["data"]["dossier"]["plan"] = json!({
            "uri": format!("s3://artifacts/uploads/agents/terraform-bot/{sha256}"), "sha256": sha256, "bytes": 2,
            "media_type": "application/json",
        });
    });
    assert_eq!(refused(&known(), b"[]", no_plan).await, ["plan_unreadable"]);
}

/// The attack: name the plan of somebody else, whose digest is on its change, as evidence, and download it.
#[tokio::test]
async fn artifacts_of_others_are_refused_unread() {
    let sha256 = sha256_hex(PLAN_JSON);
    for place in [
        "s3://artifacts/uploads/agents/other-bot/{}",
        "s3://artifacts/uploads/people/terraform-bot/{}",
        "s3://artifacts/uploads/agents/terraform-bot/../other-bot/{}",
        "s3://artifacts/uploads/agents/terraform-bot/x{}",
        "s3://artifacts/sha256/{}",
        "s3://artifacts/leases/{}",
        "s3://elsewhere/uploads/agents/terraform-bot/{}",
    ] {
        let uri = place.replace("{}", &sha256);
        let evidence = proposed("agent.terraform-bot", |d| {
            let mut artifact = d["data"]["dossier"]["plan"].clone();
            artifact["uri"] = uri.clone().into();
            d["data"]["dossier"]["evidence"] = json!([artifact]);
        });
        // Not even whether it has another size is told.
        let codes = refused(&known(), b"unread", evidence).await;
        assert_eq!(codes, ["artifact_size_mismatch", "artifact_of_others"], "{uri}");
    }
}

/// Results of a scanner may come from somebody else; nothing else may, whichever media type it claims.
#[tokio::test]
async fn a_scan_of_somebody_else_is_evidence() {
    let sha256 = sha256_hex(PLAN_JSON);
    let evidence = |place: &str, media_type: &str| {
        let artifact = json!({
            "uri": format!("s3://{place}/{sha256}"), "sha256": sha256, "bytes": PLAN_JSON.len(), "media_type": media_type,
        });
        proposed("agent.terraform-bot", |d| d["data"]["dossier"]["evidence"] = json!([artifact]))
    };
    let sarif = headgate_domain::content::SARIF;
    for place in [
        "artifacts/uploads/scans/agents/ci",
        "artifacts/uploads/scans/people/dana",
        "artifacts/uploads/scans/agents/terraform-bot",
        "artifacts/uploads/agents/terraform-bot",
    ] {
        let aws = known();
        handle(&intake(&aws, PLAN_JSON), evidence(place, sarif)).await.unwrap();
        assert_eq!(aws.published(), ["change.accepted.v1"], "{place}");
    }
    for (place, media_type) in [
        ("artifacts/uploads/agents/ci", sarif),
        ("artifacts/uploads/scans", sarif),
        ("artifacts/uploads/scans/agents", sarif),
        ("artifacts/uploads/scans/agents/ci/x", sarif),
        ("artifacts/uploads/scans/../agents/other-bot", sarif),
        ("elsewhere/uploads/scans/agents/ci", sarif),
        ("artifacts/sha256", sarif),
        ("artifacts/uploads/scans/agents/ci", "application/json"),
    ] {
        let codes = refused(&known(), PLAN_JSON, evidence(place, media_type)).await;
        assert_eq!(codes, ["artifact_of_others"], "{place} {media_type}");
    }
    // It is the plan that must be the proposer's own.
    let plan = proposed("agent.terraform-bot", |d| {
        d["data"]["dossier"]["plan"]["uri"] =
            format!("s3://artifacts/uploads/scans/agents/ci/{sha256}").into();
        d["data"]["dossier"]["plan"]["media_type"] = sarif.into();
    });
    assert_eq!(refused(&known(), PLAN_JSON, plan).await, ["artifact_of_others"]);
}

/// A revision may keep what the revision before it named, also if somebody else uploaded that.
#[tokio::test]
async fn a_revision_keeps_the_evidence_of_the_one_before() {
    let sha256 = sha256_hex(PLAN_JSON);
    let kept = json!({
        "uri": format!("s3://artifacts/uploads/people/dana/{sha256}"), "sha256": sha256,
        "bytes": PLAN_JSON.len(), "media_type": "application/json",
    });
    let mut first = revision();
    first.proposed.dossier.evidence = vec![serde_json::from_value(kept.clone()).unwrap()];
    let second = |evidence: Value| {
        proposed("agent.terraform-bot", |d| {
            d["data"]["revision"] = 2.into();
            d["data"]["dossier"]["evidence"] = json!([evidence]);
        })
    };
    let ledger = || {
        known()
            .with(&Key::change(&CHANGE.into()), &head(Status::NeedsRevision))
            .with(&Key::revision(&CHANGE.into(), 1), &first)
    };
    let aws = ledger();
    handle(&intake(&aws, PLAN_JSON), second(kept.clone())).await.unwrap();
    assert_eq!(aws.published(), ["change.accepted.v1"]);
    // The plan of the revision before is no evidence.
    let mut first = first.clone();
    first.proposed.dossier.plan = serde_json::from_value(kept.clone()).unwrap();
    for evidence in [vec![], first.proposed.dossier.evidence.clone()] {
        first.proposed.dossier.evidence = evidence;
        let aws = known()
            .with(&Key::change(&CHANGE.into()), &head(Status::NeedsRevision))
            .with(&Key::revision(&CHANGE.into(), 1), &first);
        assert_eq!(refused(&aws, PLAN_JSON, second(kept.clone())).await, ["artifact_of_others"]);
    }
    let mut other = kept;
    other["media_type"] = "text/plain".into();
    assert_eq!(refused(&ledger(), PLAN_JSON, second(other)).await, ["artifact_of_others"]);
}
