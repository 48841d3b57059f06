//! Downloads of artifacts, and who may have which.
#![allow(clippy::unwrap_used)]

use aws_sdk_s3::config::{BehaviorVersion, Config, Credentials, Region};
use axum::Router;
use headgate_artifacts::Artifacts;
use headgate_domain::change::Status;
use headgate_domain::content::PLAN_FILE as PLAN_FILE_TYPE;
use headgate_events::Artifact;
use headgate_ledger::Key;
use headgate_query_api::{Api, router};
use headgate_test_support::*;

const TESTS: &str = "7e57";
const PLAN_JSON: &str = "91a9";
const ELSEWHERE: &str = "e15e";

fn artifact(sha256: &str, media_type: &str) -> Artifact {
    let uri = format!("s3://artifacts/sha256/{sha256}");
    Artifact { uri, sha256: sha256.to_owned(), bytes: 9, media_type: media_type.to_owned() }
}

/// A change with a test report, a plan file that is listed a second time as a text, and an artifact of another bucket.
fn api() -> Router {
    let mut revision = revision();
    let dossier = &mut revision.proposed.dossier;
    dossier.plan = artifact(PLAN_JSON, "application/json");
    dossier.evidence = vec![
        artifact(TESTS, "text/plain"),
        artifact(PLAN_FILE, "text/plain"),
        artifact(PLAN_FILE, PLAN_FILE_TYPE),
        Artifact { uri: "s3://other/x".to_owned(), ..artifact(ELSEWHERE, "text/plain") },
    ];
    let aws = Aws::new()
        .with(&Key::change(&CHANGE.into()), &head(Status::AwaitingDecision))
        .with(&Key::revision(&CHANGE.into(), 1), &revision);
    // Signing a URL sends nothing.
    let s3 = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("id", "secret", None, None, "test"))
        .build();
    router(Api {
        ledger: aws.ledger("ledger"),
        metrics: aws.ledger("metrics"),
        quarantine: aws.ledger("quarantine"),
        artifacts: Artifacts::new(aws_sdk_s3::Client::from_conf(s3), "artifacts"),
        verifier: verifier(),
    })
}

async fn get(roles: &[&str], sha256: &str) -> Answer {
    let path = format!("/v1/changes/{CHANGE}/artifacts/{sha256}");
    Caller::new("vic", roles).get(api(), &path).await
}

#[tokio::test]
async fn a_reader_gets_a_url_that_a_browser_does_not_show() {
    let answer = get(&["reader"], TESTS).await;
    assert_eq!((answer.status, &answer.body["media_type"]), (200, &"text/plain".into()));
    let url = answer.body["url"].as_str().unwrap();
    for part in [
        "/sha256/7e57?",
        "X-Amz-Expires=300",
        "response-content-disposition=attachment",
        "response-content-type=application%2Foctet-stream",
    ] {
        assert!(url.contains(part), "{part} is missing in {url}");
    }
}

#[tokio::test]
async fn the_plan_and_its_file_are_for_executors() {
    for sha256 in [PLAN_JSON, PLAN_FILE] {
        let refused = get(&["reader", "approver"], sha256).await;
        assert_eq!(refused.error(), (403, "role_missing"), "{sha256}");
        assert_eq!(get(&["executor"], sha256).await.status, 200, "{sha256}");
    }
}

#[tokio::test]
async fn nothing_else_is_handed_out() {
    assert_eq!(get(&[], TESTS).await.error(), (403, "role_missing"));
    assert_eq!(get(&["executor"], "0000").await.error(), (404, "not_found"));
    let elsewhere = get(&["executor"], ELSEWHERE).await;
    assert!(elsewhere.status >= 400, "{elsewhere:?}");
}
