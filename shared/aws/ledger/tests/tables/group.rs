//! What a group of transitions writes, and when a transition does not join.

use aws_sdk_dynamodb::operation::transact_write_items::{
    TransactWriteItemsError, TransactWriteItemsOutput,
};
use aws_sdk_dynamodb::types::error::TransactionCanceledException;
use aws_sdk_dynamodb::types::{AttributeValue, CancellationReason};
use aws_sdk_dynamodb::{
    Client, operation::batch_get_item::BatchGetItemOutput, operation::get_item::GetItemOutput,
};
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use headgate_events::{MAX_DETAIL_BYTES, Outgoing, Versioned};
use headgate_ledger::{Group, Joined, Key, Ledger, MAX_TRANSACTION_ITEMS, Transition, View};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
struct Counter {
    n: u32,
    pad: String,
}

impl Versioned for Counter {}

fn key() -> Key {
    Key::change(&"c".into())
}

fn marked(transition: Transition, n: usize) -> Transition {
    transition.marked(Key::marker("test", &format!("e-{n}")), Timestamp::UNIX_EPOCH)
}

/// Reads the counter through the ledger's view, and adds one.
async fn counted(ledger: &Ledger, n: usize) -> Transition {
    let found = ledger.get::<Counter>(&key()).await.unwrap();
    let version = found.as_ref().map(|s| s.version);
    let counter = found.map(|s| s.value).unwrap_or_default();
    let next = Counter { n: counter.n + 1, ..counter };
    marked(Transition::new().put(&key(), &next, version, None).unwrap(), n)
}

fn large(n: usize, bytes: usize) -> Transition {
    let value = Counter { n: 0, pad: "x".repeat(bytes) };
    let own = Key::change(&format!("c-{n}").as_str().into());
    marked(Transition::new().create(&own, &value).unwrap(), n)
}

fn offline() -> Ledger {
    let none = mock!(Client::get_item).then_output(|| GetItemOutput::builder().build());
    Ledger::new(mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&none]), "ledger")
}

#[tokio::test]
async fn an_item_that_many_change_is_read_once_and_written_once_with_every_change() {
    let found = mock!(Client::get_item).then_output(|| {
        GetItemOutput::builder()
            .item("version", AttributeValue::N("7".to_owned()))
            .item("body", AttributeValue::S(r#"{"n":10,"pad":""}"#.to_owned()))
            .build()
    });
    let written = mock!(Client::transact_write_items)
        .match_requests(|request| {
            let puts: Vec<_> = request.transact_items().iter().map(|i| i.put().unwrap()).collect();
            let markers = puts.iter().filter(|put| {
                put.item()["pk"].as_s().unwrap().starts_with("MARKER#test#e-")
                    && put.condition_expression() == Some("attribute_not_exists(pk)")
            });
            let counter = puts.last().unwrap();
            // It replaces the version that was read, not one that only the group has seen.
            let replaced = &counter.expression_attribute_values().unwrap()[":v"];
            puts.len() == 6
                && markers.count() == 5
                && counter.item()["body"].as_s().unwrap().contains(r#""n":15"#)
                && counter.item()["version"] == AttributeValue::N("12".to_owned())
                && *replaced == AttributeValue::N("7".to_owned())
        })
        .then_output(|| TransactWriteItemsOutput::builder().build());
    let client = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&found, &written]);
    let (ledger, view, mut group) = (Ledger::new(client, "ledger"), View::new(), Group::new());
    let through = ledger.through(&view);
    for n in 0..5 {
        let joined = group.join(&ledger, &view, counted(&through, n).await).unwrap();
        assert!(matches!(joined, Joined::Yes));
    }
    assert!(ledger.commit_group(&group).await.unwrap());
    assert_eq!((found.num_calls(), written.num_calls()), (1, 1));
}

#[tokio::test]
async fn a_group_takes_no_more_than_a_transaction_and_the_next_one_goes_on() {
    let (ledger, view, mut group) = (offline(), View::new(), Group::new());
    let through = ledger.through(&view);
    let mut joined = 0;
    let refused = loop {
        match group.join(&ledger, &view, counted(&through, joined).await).unwrap() {
            Joined::Yes => joined += 1,
            Joined::Full(transition) => break transition,
            Joined::Never => unreachable!(),
        }
    };
    // One marker for each, and the counter.
    assert_eq!(joined, MAX_TRANSACTION_ITEMS - 1);
    let mut next = Group::new();
    assert!(matches!(next.join(&ledger, &view, refused).unwrap(), Joined::Yes));
    let counter = through.get::<Counter>(&key()).await.unwrap().unwrap();
    assert_eq!((counter.value.n, counter.version), (100, 100));

    // Bytes are limited, too: below what DynamoDB takes, so that one transaction does not last long.
    let mut group = Group::new();
    let fit = (0..20).take_while(|n| {
        matches!(group.join(&ledger, &view, large(*n, 80_000)).unwrap(), Joined::Yes)
    });
    assert_eq!(fit.count(), 3);
}

#[tokio::test]
async fn what_dynamodb_or_the_bus_can_never_take_does_not_spoil_a_group() {
    let (ledger, view, mut group) = (offline(), View::new(), Group::new());
    assert!(matches!(group.join(&ledger, &view, large(0, 100)).unwrap(), Joined::Yes));
    let too_large = large(1, 500_000);
    let event = Outgoing {
        id: "e".into(),
        source: "headgate.test".into(),
        kind: "change.accepted.v1".into(),
        detail: json!({ "pad": "x".repeat(MAX_DETAIL_BYTES) }),
    };
    let published = marked(Transition::new().publishing(event), 2);
    let checked = marked(Transition::new().unchanged(&key(), 3), 3);
    let unmarked = Transition::new().create(&key(), &Counter::default()).unwrap();
    for alone in [too_large, published, checked, unmarked] {
        assert!(matches!(group.join(&ledger, &view, alone).unwrap(), Joined::Never));
    }
    assert_eq!(group.outboxes().count(), 1);
}

#[tokio::test]
async fn what_passes_is_no_error_and_everything_else_is() {
    for (code, passes) in [
        ("ConditionalCheckFailed", true),
        ("TransactionConflict", true),
        ("ThrottlingError", true),
        ("ProvisionedThroughputExceeded", true),
        ("ItemCollectionSizeLimitExceeded", false),
        ("ValidationError", false),
    ] {
        let canceled = mock!(Client::transact_write_items).then_error(move || {
            let reasons = ["None", code].map(|c| CancellationReason::builder().code(c).build());
            TransactWriteItemsError::TransactionCanceledException(
                TransactionCanceledException::builder()
                    .set_cancellation_reasons(Some(reasons.into()))
                    .build(),
            )
        });
        let client = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&canceled]);
        let (ledger, view, mut group) = (Ledger::new(client, "ledger"), View::new(), Group::new());
        group.join(&ledger, &view, large(0, 1)).unwrap();
        let committed = ledger.commit_group(&group).await;
        assert_eq!(committed.is_ok_and(|applied| !applied), passes, "{code}");
    }
}

/// DynamoDB answers with at most 16 MB, and names the keys that it left out.
#[tokio::test]
async fn what_a_batch_read_leaves_out_is_read_alone() {
    let (a, b, c) = (key(), Key::change(&"left-out".into()), Key::change(&"absent".into()));
    let some = mock!(Client::batch_get_item).then_compute_output(|request| {
        let keys = request.request_items().unwrap()["ledger"].keys().to_vec();
        assert_eq!(keys.len(), 3, "a key that is there twice, or is too long, is refused");
        let mut item = keys[0].clone();
        item.insert("version".to_owned(), AttributeValue::N("1".to_owned()));
        item.insert("body".to_owned(), AttributeValue::S(r#"{"n":1,"pad":""}"#.to_owned()));
        let left = aws_sdk_dynamodb::types::KeysAndAttributes::builder().keys(keys[1].clone());
        BatchGetItemOutput::builder()
            .responses("ledger", vec![item])
            .unprocessed_keys("ledger", left.build().unwrap())
            .build()
    });
    let alone = mock!(Client::get_item).then_output(|| {
        GetItemOutput::builder()
            .item("version", AttributeValue::N("1".to_owned()))
            .item("body", AttributeValue::S(r#"{"n":2,"pad":""}"#.to_owned()))
            .build()
    });
    let client = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&some, &alone]);
    let ledger = Ledger::new(client, "ledger").through(&View::new());
    // An agent chooses the id of the permit that it reports.
    let long = Key::permit(&"c".into(), &"x".repeat(1_100));
    let keys = vec![a.clone(), b.clone(), long, a.clone(), c.clone()];
    ledger.prefetch(keys).await.unwrap();
    let n = async |key: &Key| ledger.get::<Counter>(key).await.unwrap().map(|s| s.value.n);
    assert_eq!((n(&a).await, n(&b).await, n(&c).await), (Some(1), Some(2), None));
    assert_eq!((some.num_calls(), alone.num_calls()), (1, 1));
}
