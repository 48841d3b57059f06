//! Engagements with a statement of work, and with readers.

use headgate_domain::canonical::sha256_hex;
use headgate_test_support::{Answer, Caller, bucket};
use serde_json::{Value, json};

use super::play::{Play, TYPES};

const STATEMENT: &[u8] = b"# Orders that survive a crash\n";

/// An upload of `owen`.
fn upload(bytes: &[u8]) -> Value {
    let sha256 = sha256_hex(bytes);
    json!({
        "uri": format!("s3://artifacts/uploads/people/owen/{sha256}"), "sha256": sha256, "bytes": bytes.len(),
        "media_type": "text/markdown",
    })
}

/// Asks for an engagement with this document, of which the bucket has these bytes.
async fn with(document: &Value, stored: &'static [u8]) -> (Play, Answer) {
    let play = Play::empty();
    let mut body = play.request();
    body["document"] = document.clone();
    let api = play.api_over(TYPES, bucket(stored));
    let owen = Caller::new("owen", &["proposer"]);
    let answer = owen.post(api, "/v1/engagements", &body).await;
    (play, answer)
}

#[tokio::test]
async fn the_document_is_kept_with_its_digest() {
    let document = upload(STATEMENT);
    let (play, answer) = with(&document, STATEMENT).await;
    assert_eq!(answer.status, 201, "{}", answer.said());
    assert_eq!(play.aws.stored()["ENGAGEMENT#eng-1/HEAD"]["document"], document);
}

#[tokio::test]
async fn a_document_of_others_or_with_other_bytes_is_refused() {
    let refused = async |document: Value, stored: &'static [u8]| {
        let (play, answer) = with(&document, stored).await;
        assert!(play.aws.stored().is_empty());
        assert_eq!(answer.status, 400);
        answer.body["error"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        refused(upload(STATEMENT), b"# Orders that survive a crisis").await,
        "document_invalid"
    );
    assert_eq!(refused(upload(STATEMENT), b"short").await, "document_invalid");
    let mut large = upload(STATEMENT);
    large["bytes"] = (8 * 1024 * 1024 + 1).into();
    assert_eq!(refused(large, STATEMENT).await, "document_invalid");
    let mut others = upload(STATEMENT);
    others["uri"] = others["uri"].as_str().unwrap().replace("/owen/", "/dana/").into();
    assert_eq!(refused(others, STATEMENT).await, "artifact_of_others");
    let mut elsewhere = upload(STATEMENT);
    elsewhere["uri"] = "s3://other/uploads/people/owen/x".into();
    assert_eq!(refused(elsewhere, STATEMENT).await, "artifact_of_others");
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
        [
            // Who answers for dev-bot; erin, who answers for pm-bot, was named.
            "READER#dana/eng-1",
            "READER#dev-bot/eng-1",
            "READER#erin/eng-1",
            "READER#owen/eng-1",
            "READER#pm-bot/eng-1"
        ]
    );
    assert_eq!(stored["ENGAGEMENT#eng-1/HEAD"]["readers"], json!(["Erin", "owen", "dana"]));
    body["engagement_id"] = "eng-2".into();
    body["readers"] = json!(["not a name"]);
    assert_eq!(play.create(&body).await.error(), (400, "readers_invalid"));
}
