//! Who gets which evidence.

use headgate_domain::canonical::sha256_hex;
use headgate_domain::change::Status;
use headgate_domain::content::{PLAN_FILE, VALUES};
use headgate_events::Artifact;
use headgate_ledger::Key;
use headgate_test_support::*;

use crate::over;

/// Asks for a piece of evidence of a change that has one at this URI.
async fn get(roles: &[&str], uri: &str, media_type: &str, sha256: &str) -> Answer {
    stored(b"3 tests passed", roles, uri, media_type, sha256).await
}

/// The same, with these bytes.
async fn stored(
    bytes: &'static [u8],
    roles: &[&str],
    uri: &str,
    media_type: &str,
    sha256: &str,
) -> Answer {
    let digest = sha256_hex(bytes);
    let (uri, sha256) = (uri.replace("5ca1e", &digest), sha256.replace("5ca1e", &digest));
    let mut revision = revision();
    revision.proposed.dossier.evidence.push(Artifact {
        uri,
        sha256: digest,
        bytes: bytes.len() as u64,
        media_type: media_type.to_owned(),
    });
    let aws = Aws::new()
        .with(&Key::change(&CHANGE.into()), &head(Status::AwaitingDecision))
        .with(&Key::revision(&CHANGE.into(), 1), &revision);
    let api = over(&aws, bucket(bytes));
    let path = format!("/v1/changes/{CHANGE}/evidence/{sha256}");
    Caller::new("vic", roles).get(api, &path).await
}

const OWN: &str = "s3://artifacts/uploads/agents/terraform-bot/5ca1e";

/// The output of `terraform version -json` says how the plan was made, and nothing secret.
#[tokio::test]
async fn what_only_looks_a_little_like_a_plan_is_handed_out() {
    let version = br#"{"terraform_version": "1.14.0", "platform": "linux_amd64"}"#;
    let answer = stored(version, &["reader"], OWN, "application/json", "5ca1e").await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

#[tokio::test]
async fn readers_get_a_url_that_no_browser_opens() {
    let answer = get(&["reader"], OWN, "text/html", "5ca1e").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.body["artifact"]["media_type"], "text/html");
    let url = answer.body["url"].as_str().unwrap();
    for part in [
        "/uploads/agents/terraform-bot/",
        "X-Amz-Expires=60&",
        "response-content-type=application%2Foctet-stream",
        "response-content-disposition=attachment",
        "X-Amz-Signature=",
    ] {
        assert!(url.contains(part), "{part}: {url}");
    }
}

#[tokio::test]
async fn nothing_else_is_handed_out() {
    for (roles, uri, media_type, sha256, error) in [
        (&[][..], OWN, "text/plain", "5ca1e", (403, "role_missing")),
        (&["reader"], OWN, PLAN_FILE, "5ca1e", (403, "plan_file_withheld")),
        (&["reader"], OWN, VALUES, "5ca1e", (403, "values_withheld")),
        (&["reader"], OWN, "text/plain", "0ther", (404, "not_found")),
        (
            &["reader"],
            "s3://artifacts/sha256/5ca1e",
            "text/plain",
            "5ca1e",
            (422, "evidence_unbound"),
        ),
        (
            &["reader"],
            "s3://elsewhere/uploads/x/5ca1e",
            "text/plain",
            "5ca1e",
            (422, "evidence_unbound"),
        ),
        (
            &["reader"],
            "https://example.com/5ca1e",
            "text/plain",
            "5ca1e",
            (422, "evidence_unbound"),
        ),
    ] {
        let answer = get(roles, uri, media_type, sha256).await;
        assert_eq!(answer.error(), error, "{uri} {media_type}");
        assert!(!answer.body.to_string().contains("X-Amz"), "{answer:?}");
    }
    // The plan of a change is no evidence.
    let plan = revision().proposed.dossier.plan.sha256;
    let answer = get(&["reader"], OWN, "text/plain", &plan).await;
    assert_eq!(answer.error(), (404, "not_found"));
}

/// The attack: sensitive values are in clear in plans and states, so a proposer lists the plan of the revision before as evidence, under
/// whatever name.
#[tokio::test]
async fn a_plan_is_withheld_whatever_it_is_called() {
    let zip = b"PK\x03\x04........tfplan....hunter2";
    for bytes in [
        &br#"{"format_version": "1.2", "planned_values": {"secret": "hunter2"}}"#[..],
        br#"{"resource_changes": [], "x": "hunter2"}"#,
        br#"{"version": 4, "terraform_version": "1.14.0", "lineage": "l", "serial": 1, "resources": []}"#,
        zip,
    ] {
        for media_type in ["application/json", "text/plain", "application/octet-stream"] {
            let answer = stored(bytes, &["reader"], OWN, media_type, "5ca1e").await;
            assert_eq!(answer.error(), (403, "plan_withheld"), "{bytes:?}");
        }
    }
}
