//! How a commit maps the responses of DynamoDB.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::get_item::GetItemOutput;
use aws_sdk_dynamodb::operation::transact_write_items::{
    TransactWriteItemsError, TransactWriteItemsOutput,
};
use aws_sdk_dynamodb::types::error::TransactionCanceledException;
use aws_sdk_dynamodb::types::{AttributeValue, CancellationReason};
use aws_smithy_mocks::{Rule, RuleMode, mock, mock_client};
use headgate_events::{MAX_DETAIL_BYTES, Outgoing, Versioned};
use headgate_ledger::{Commit, Key, Ledger, LedgerError, MAX_ITEM_BYTES, Transition};
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
            puts.len() == 2
                && text(0, "pk") == "MARKER#intake#e-0"
                && text(0, "body").contains("\"id\":\"e-1\"")
                && puts[0].item().get("published") == Some(&AttributeValue::Bool(false))
                // Nothing may delete an event that nobody has published.
                && !puts[0].item().contains_key("ttl")
                && text(0, "listing_pk").starts_with("OUTBOX#")
                && text(0, "listing_sk") == "1970-01-01T00:00:00.000Z#"
                && puts[0].condition_expression() == Some("attribute_not_exists(pk)")
                && text(1, "pk") == "CHANGE#c"
                && puts[1].item()["version"] == AttributeValue::N("5".into())
                && puts[1].condition_expression() == Some("#v = :v")
        })
        .then_output(|| TransactWriteItemsOutput::builder().build());
    assert_eq!(commit(&applied).await.unwrap(), Commit::Applied);
}

#[tokio::test]
async fn a_marker_without_events_ends_after_90_days() {
    let applied = mock!(Client::transact_write_items)
        .match_requests(|r| {
            let [put] = r.transact_items() else { return false };
            let item = put.put().unwrap().item();
            item["ttl"] == AttributeValue::N((90 * 24 * 3600).to_string())
                && item["published"] == AttributeValue::Bool(true)
                && !item.contains_key("listing_pk")
        })
        .then_output(|| TransactWriteItemsOutput::builder().build());
    let client = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&applied]);
    let marked =
        Transition::new().marked(Key::marker("intake", "e-0"), jiff::Timestamp::UNIX_EPOCH);
    assert_eq!(Ledger::new(client, "ledger").commit(&marked).await.unwrap(), Commit::Applied);
}

/// Writes to one partition of an index are limited.
#[tokio::test]
async fn unpublished_markers_are_spread_over_all_parts_of_their_list() {
    let parts = std::sync::Arc::new(std::sync::Mutex::new(std::collections::BTreeMap::new()));
    let seen = parts.clone();
    let applied = mock!(Client::transact_write_items).then_compute_output(move |r| {
        let part = r.transact_items()[0].put().unwrap().item()["listing_pk"].as_s().unwrap();
        *seen.lock().unwrap().entry(part.clone()).or_insert(0) += 1;
        TransactWriteItemsOutput::builder().build()
    });
    let client = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&applied]);
    let ledger = Ledger::new(client, "ledger");
    for n in 0..3_200u32 {
        let id = headgate_events::event_id("change.proposed.v2", "c", n, "");
        let marked = transition().marked(Key::marker("intake", &id), jiff::Timestamp::UNIX_EPOCH);
        ledger.commit(&marked).await.unwrap();
    }
    let parts = parts.lock().unwrap();
    assert_eq!(parts.len(), 32);
    assert!(parts.values().all(|n| (50..=160).contains(n)), "{parts:?}");
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

/// A text that makes an item with this key exactly as large as DynamoDB takes it.
fn largest() -> String {
    let names = ["pk", "sk", "version", "schema", "body"].concat().len();
    let key = "CHANGE#c".len() + "HEAD".len();
    let numbers = 2 * "1".len() + 2; // `version` and `schema`
    "x".repeat(MAX_ITEM_BYTES - names - key - numbers - "\"\"".len())
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
struct Text(String);

impl Versioned for Text {}

async fn sized(transition: Transition) -> (Result<Commit, LedgerError>, usize) {
    let rule = mock!(Client::transact_write_items)
        .then_output(|| TransactWriteItemsOutput::builder().build());
    let client = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&rule]);
    let result = Ledger::new(client, "ledger").commit(&transition).await;
    (result, rule.num_calls())
}

fn refused(result: &Result<Commit, LedgerError>) -> bool {
    matches!(result, Err(LedgerError::TooLarge { .. }))
}

#[tokio::test]
async fn the_largest_item_is_written_and_a_larger_one_is_refused_before_the_commit() {
    let key = Key::change(&"c".into());
    let text = largest();
    let one = Transition::new().create(&key, &Text(text.clone())).unwrap();
    assert!(matches!(sized(one).await, (Ok(Commit::Applied), 1)));
    let one = Transition::new().create(&key, &Text(text + "x")).unwrap();
    let (result, calls) = sized(one).await;
    assert!(refused(&result) && calls == 0, "{result:?}");
    let said = result.unwrap_err().to_string();
    assert_eq!(said, "item CHANGE#c/HEAD has 409601 bytes, more than 409600; nothing was written");
}

#[tokio::test]
async fn a_transaction_has_at_most_4_mb_and_100_items() {
    let of = |items: usize, text: &str| {
        (0..items).fold(Transition::new(), |t, n| {
            t.create(&Key::entry(&"e".into(), n as u64), &Text(text.to_owned())).unwrap()
        })
    };
    assert!(matches!(sized(of(100, "x")).await, (Ok(_), 1)));
    let (result, calls) = sized(of(101, "x")).await;
    assert!(refused(&result) && calls == 0, "{result:?}");
    let text = "x".repeat(400_000);
    assert!(matches!(sized(of(10, &text)).await, (Ok(_), 1)));
    let (result, calls) = sized(of(11, &text)).await;
    assert!(refused(&result) && calls == 0, "{result:?}");
}

/// It would be committed, and then refused by the bus for ever.
#[tokio::test]
async fn an_event_that_the_bus_would_refuse_is_refused_before_the_commit() {
    let publishing = |bytes: usize| {
        let event = Outgoing {
            id: "e-1".into(),
            source: "headgate.test".into(),
            kind: "change.accepted.v1".into(),
            detail: json!("x".repeat(bytes - 2)),
        };
        Transition::new()
            .publishing(event)
            .marked(Key::marker("intake", "e-0"), jiff::Timestamp::UNIX_EPOCH)
    };
    assert!(matches!(sized(publishing(MAX_DETAIL_BYTES)).await, (Ok(_), 1)));
    let (result, calls) = sized(publishing(MAX_DETAIL_BYTES + 1)).await;
    assert!(refused(&result) && calls == 0, "{result:?}");
}

/// A delegation that was used for a vote must not have been revoked in between.
#[tokio::test]
async fn an_item_that_must_not_change_is_checked_in_the_same_transaction() {
    let checked = mock!(Client::transact_write_items)
        .match_requests(|r| {
            let [put, check] = r.transact_items() else { return false };
            let Some(check) = check.condition_check() else { return false };
            put.put().is_some()
                && check.key()["pk"] == AttributeValue::S("DELEGATION#d".into())
                && check.condition_expression() == "#v = :v"
                && check.expression_attribute_names().unwrap()["#v"] == "version"
                && check.expression_attribute_values().unwrap()[":v"]
                    == AttributeValue::N("7".into())
        })
        .then_output(|| TransactWriteItemsOutput::builder().build());
    let client = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&checked]);
    let transition = Transition::new()
        .create(&Key::change(&"c".into()), &Item { n: 1 })
        .unwrap()
        .unchanged(&Key::delegation("d"), 7);
    let result = Ledger::new(client, "ledger").commit(&transition).await;
    assert!(matches!(result, Ok(Commit::Applied)), "{result:?}");
    assert_eq!(checked.num_calls(), 1);
}

/// After a restore of the metrics, the ledger has what a transaction changed there, and its events are published.
#[tokio::test]
async fn only_the_writes_to_the_other_table_are_repeated() {
    let repeated = mock!(Client::transact_write_items)
        .match_requests(|r| {
            let tables = r.transact_items().iter().map(|i| i.put().unwrap().table_name());
            tables.collect::<Vec<_>>() == ["metrics"]
        })
        .then_output(|| TransactWriteItemsOutput::builder().build());
    let client = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&repeated]);
    let metrics = Ledger::new(client, "metrics");
    let both = transition().put_in(&metrics, &Key::change(&"c".into()), &Item { n: 2 }, None);
    let only = both.unwrap().only_in(&metrics);
    assert!(only.marker().is_none() && only.outbox().is_empty());
    assert_eq!(metrics.commit(&only).await.unwrap(), Commit::Applied);
    assert_eq!(repeated.num_calls(), 1);
}
