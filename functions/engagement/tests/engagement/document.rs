//! Engagements from a statement of work.

use headgate_domain::canonical::sha256_hex;
use headgate_test_support::{Answer, Caller, bucket};
use serde_json::{Value, json};

use super::play::{Play, TYPES};

const STATEMENT: &[u8] =
    include_bytes!("../../../../shared/core/documents/tests/files/statement.md");
const DOCX: &[u8] = include_bytes!("../../../../shared/core/documents/tests/files/statement.docx");
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// An upload of `owen`.
fn upload(bytes: &[u8], media_type: &str) -> Value {
    let sha256 = sha256_hex(bytes);
    json!({
        "uri": format!("s3://artifacts/uploads/people/owen/{sha256}"), "sha256": sha256, "bytes": bytes.len(),
        "media_type": media_type,
    })
}

/// Asks for an engagement with this document, of which the bucket has these bytes.
async fn with(
    edit: impl Fn(&mut Value),
    document: &Value,
    stored: &'static [u8],
) -> (Play, Answer) {
    let play = Play::empty();
    let mut body =
        json!({ "engagement_id": "eng-1", "environment": "local", "document": document });
    edit(&mut body);
    let api = play.api_over(TYPES, bucket(stored));
    let owen = Caller::new("owen", &["proposer"]);
    let answer = owen.post(api, "/v1/engagements", &body).await;
    (play, answer)
}

#[tokio::test]
async fn the_document_says_what_was_agreed() {
    for (bytes, kind) in [(STATEMENT, "text/markdown"), (DOCX, WORD)] {
        let document = upload(bytes, kind);
        let (play, answer) = with(|_| {}, &document, bytes).await;
        assert_eq!(answer.status, 201, "{}", answer.said());
        let stored = &play.aws.stored()["ENGAGEMENT#eng-1/HEAD"];
        assert_eq!(*stored, answer.body);
        assert_eq!(stored["goal"], "Orders that survive a crash");
        assert_eq!(stored["acceptance_criteria"][1], "p99 is below 100 ms.");
        assert_eq!(stored["scope"]["wont_do"], json!(["The user interface."]));
        assert_eq!(stored["document"], document);
    }
}

#[tokio::test]
async fn what_the_request_says_itself_counts() {
    let edit = |body: &mut Value| {
        body["goal"] = "Another goal.".into();
        body["acceptance_criteria"] = json!(["One."]);
        body["scope"] = json!({ "constraints": ["No budget."] });
    };
    let (_, answer) = with(edit, &upload(STATEMENT, "text/markdown"), STATEMENT).await;
    assert_eq!(answer.body["goal"], "Another goal.");
    assert_eq!(answer.body["acceptance_criteria"], json!(["One."]));
    assert_eq!(answer.body["scope"]["constraints"], json!(["No budget."]));
    assert_eq!(answer.body["scope"]["deliverables"], json!(["A Terraform module.", "A runbook."]));
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_the_reason() {
    let refused = async |document: Value, stored: &'static [u8]| {
        let (play, answer) = with(|_| {}, &document, stored).await;
        assert!(play.aws.stored().is_empty());
        assert_eq!(answer.status, 400);
        (answer.body["error"].as_str().unwrap().to_owned(), answer.said())
    };
    let unreadable = async |document, stored, wanted: &str| {
        let (code, said) = refused(document, stored).await;
        assert!(code == "document_unreadable" && said.contains(wanted), "{code}: {said}");
    };
    unreadable(upload(STATEMENT, "image/png"), STATEMENT, "image/png").await;
    unreadable(upload(STATEMENT, "application/pdf"), STATEMENT, "PDF").await;
    unreadable(upload(b"Build a shop.", "text/plain"), b"Build a shop.", "Acceptance criteria")
        .await;
    unreadable(upload(STATEMENT, "text/markdown"), DOCX, "bytes").await;
    let mut large = upload(STATEMENT, "text/markdown");
    large["bytes"] = (8 * 1024 * 1024 + 1).into();
    unreadable(large, STATEMENT, "too large").await;
    // An upload of somebody else, and one that only claims to be one of owen's.
    let mut others = upload(STATEMENT, "text/markdown");
    others["uri"] = others["uri"].as_str().unwrap().replace("/owen/", "/dana/").into();
    assert_eq!(refused(others, STATEMENT).await.0, "artifact_of_others");
    let mut elsewhere = upload(STATEMENT, "text/markdown");
    elsewhere["uri"] = "s3://other/uploads/people/owen/x".into();
    assert_eq!(refused(elsewhere, STATEMENT).await.0, "artifact_of_others");
}

/// A document without a title and without a goal, or with what is too long to keep.
#[tokio::test]
async fn what_is_read_is_checked_like_what_is_said() {
    const NO_GOAL: &[u8] = b"Deliverables:\n\n- A queue.\n";
    let (_, answer) = with(|_| {}, &upload(NO_GOAL, "text/plain"), NO_GOAL).await;
    assert_eq!(answer.error(), (400, "goal_missing"));
    let long: &'static [u8] =
        format!("# A\n\n## Goal\n\nb\n\n## Scope\n\n{}\n", "x".repeat(1_001)).leak().as_bytes();
    let (_, answer) = with(|_| {}, &upload(long, "text/plain"), long).await;
    assert_eq!(answer.error(), (400, "list_invalid"));
}

#[tokio::test]
async fn everybody_who_has_a_part_is_written_down_as_a_reader() {
    let play = Play::empty();
    let mut body = play.request();
    body["readers"] = json!(["Erin", "owen"]);
    assert_eq!(play.create(&body).await.status, 201);
    let stored = play.aws.stored();
    let readers: Vec<_> = stored.keys().filter(|key| key.starts_with("READER#")).collect();
    assert_eq!(
        readers,
        ["READER#dev-bot/eng-1", "READER#erin/eng-1", "READER#owen/eng-1", "READER#pm-bot/eng-1"]
    );
    body["engagement_id"] = "eng-2".into();
    body["readers"] = json!(["not a name"]);
    assert_eq!(play.create(&body).await.error(), (400, "readers_invalid"));
}
