//! How a commit maps the responses of DynamoDB.
#![allow(clippy::unwrap_used)]

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::get_item::GetItemOutput;
use aws_sdk_dynamodb::operation::transact_write_items::{
    TransactWriteItemsError, TransactWriteItemsOutput,
};
use aws_sdk_dynamodb::types::error::TransactionCanceledException;
use aws_sdk_dynamodb::types::{AttributeValue, CancellationReason};
use aws_smithy_mocks::{Rule, RuleMode, mock, mock_client};
use headgate_events::{Outgoing, Versioned};
use headgate_ledger::{Commit, Key, Ledger, LedgerError, Transition};
use serde::{Deserialize, Serialize};
use serde_json::json;

#[derive(Debug, Serialize, Deserialize)]
struct Item {
    n: u32,
}

impl Versioned for Item {}

fn canceled(codes: &'static [&'static str]) -> Rule {
    mock!(Client::transact_write_items).then_error(|| {
        let reasons = codes.iter().map(|c| CancellationReason::builder().code(*c).build());
        TransactWriteItemsError::TransactionCanceledException(
            TransactionCanceledException::builder()
                .set_cancellation_reasons(Some(reasons.collect()))
                .build(),
        )
    })
}

fn transition() -> Transition {
    let event = Outgoing {
        id: "e-1".into(),
        source: "headgate.test".into(),
        kind: "change.accepted.v1".into(),
        detail: json!({}),
    };
    Transition::new()
        .put(&Key::change(&"c".into()), &Item { n: 1 }, Some(4), None)
        .unwrap()
        .publishing(event)
        .marked(Key::marker("intake", "e-0"), jiff::Timestamp::UNIX_EPOCH)
}

async fn commit(rule: &Rule) -> Result<Commit, LedgerError> {
    let client = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [rule]);
    Ledger::new(client, "ledger").commit(&transition()).await
}

#[tokio::test]
async fn state_marker_and_outbox_are_one_transaction() {
    let applied = mock!(Client::transact_write_items)
        .match_requests(|r| {
            let puts: Vec<_> = r.transact_items().iter().map(|i| i.put().unwrap()).collect();
            let text = |n: usize, name: &str| puts[n].item()[name].as_s().unwrap().clone();
            let ttl = puts[0].item()["ttl"].as_n().unwrap();
            puts.len() == 2
                && text(0, "pk") == "MARKER#intake#e-0"
                && text(0, "body").contains("\"id\":\"e-1\"")
                && !puts[0].item().contains_key("published")
                && ttl == &(90 * 24 * 3600).to_string()
                && puts[0].condition_expression() == Some("attribute_not_exists(pk)")
                && text(1, "pk") == "CHANGE#c"
                && puts[1].item()["version"] == AttributeValue::N("5".into())
                && puts[1].condition_expression() == Some("#v = :v")
        })
        .then_output(|| TransactWriteItemsOutput::builder().build());
    assert_eq!(commit(&applied).await.unwrap(), Commit::Applied);
}

#[tokio::test]
async fn a_marker_that_is_there_means_duplicate() {
    let both = canceled(&["ConditionalCheckFailed", "ConditionalCheckFailed"]);
    assert_eq!(commit(&both).await.unwrap(), Commit::Duplicate);
    let marker = canceled(&["ConditionalCheckFailed", "None"]);
    assert_eq!(commit(&marker).await.unwrap(), Commit::Duplicate);
}

#[tokio::test]
async fn an_item_that_moved_on_means_conflict() {
    for codes in [&["None", "ConditionalCheckFailed"], &["TransactionConflict", "None"]] {
        assert_eq!(commit(&canceled(codes)).await.unwrap(), Commit::Conflict);
    }
}

#[tokio::test]
async fn any_other_cancellation_is_an_error() {
    let throttled = canceled(&["None", "ThrottlingError"]);
    assert!(matches!(commit(&throttled).await, Err(LedgerError::Transact(_))));
}

#[tokio::test]
async fn an_item_of_another_shape_is_named() {
    let odd = mock!(Client::get_item).then_output(|| {
        GetItemOutput::builder()
            .item("pk", AttributeValue::S("CHANGE#c".into()))
            .item("sk", AttributeValue::S("HEAD".into()))
            .item("body", AttributeValue::S("{".into()))
            .build()
    });
    let client = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&odd]);
    let error =
        Ledger::new(client, "ledger").get::<Item>(&Key::change(&"c".into())).await.unwrap_err();
    assert_eq!(error.to_string(), "item CHANGE#c/HEAD cannot be read");
}
