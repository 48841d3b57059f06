//! The list of local files, and nothing else under its name.

use headgate_domain::canonical::sha256_hex;
use headgate_domain::change::Status;
use headgate_domain::files::FILE_LIST;
use headgate_events::Artifact;
use headgate_ledger::Key;
use headgate_test_support::*;

use crate::over;

const LIST: &str = r#"{"files": {"build/f.zip": {"sha256": "00", "bytes": 7}}}"#;

/// Asks for the files of a change whose list is stored as these bytes.
async fn get(roles: &[&str], listed: bool, bytes: &'static str) -> Answer {
    let mut revision = revision();
    if listed {
        let sha256 = sha256_hex(bytes.as_bytes());
        let uri = format!("s3://artifacts/sha256/{sha256}");
        let (bytes, media_type) = (bytes.len() as u64, FILE_LIST.to_owned());
        revision.proposed.dossier.evidence.push(Artifact { uri, sha256, bytes, media_type });
    }
    let aws = Aws::new()
        .with(&Key::change(&CHANGE.into()), &head(Status::AwaitingDecision))
        .with(&Key::revision(&CHANGE.into(), 1), &revision);
    let api = over(&aws, bucket(bytes.as_bytes()));
    Caller::new("vic", roles).get(api, &format!("/v1/changes/{CHANGE}/files")).await
}

#[tokio::test]
async fn readers_see_the_list_byte_for_byte() {
    let answer = get(&["reader"], true, LIST).await;
    assert_eq!((answer.status, answer.body["json"].as_str().unwrap()), (200, LIST));
    assert_eq!(answer.body["sha256"], sha256_hex(LIST.as_bytes()));
    assert_eq!(get(&[], true, LIST).await.error(), (403, "role_missing"));
    assert_eq!(get(&["reader"], false, LIST).await.error(), (404, "not_found"));
}

/// A plan, a plan file or a suite of somebody else that a proposer lists as their own list of files.
#[tokio::test]
async fn what_is_no_list_is_not_handed_out() {
    for other in [
        r#"{"format_version": "1.2", "planned_values": {"secret": "hunter2"}}"#,
        "PK not JSON",
        "{}",
        r#"{"files": {"../x": {"sha256": "00", "bytes": 7}}}"#,
        r#"{"files": {}, "secret": "hunter2"}"#,
    ] {
        let answer = get(&["reader", "executor"], true, other).await;
        assert_eq!(answer.error(), (422, "files_unreadable"), "{other}");
        assert!(!answer.body.to_string().contains("hunter2"), "{answer:?}");
    }
}
