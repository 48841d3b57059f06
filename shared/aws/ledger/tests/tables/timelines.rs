//! All timelines of a table, part by part.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::scan::ScanOutput;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use headgate_ledger::{Key, Ledger, LedgerError};

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn head(engagement: &str, body: &str) -> HashMap<String, AttributeValue> {
    HashMap::from([
        ("pk".to_owned(), text(&format!("TIMELINE#{engagement}"))),
        ("sk".to_owned(), text("HEAD")),
        ("version".to_owned(), AttributeValue::N("3".to_owned())),
        ("body".to_owned(), text(body)),
    ])
}

/// DynamoDB applies the filter after it has read 1 MB, so a part may be empty and yet not the last one.
#[tokio::test]
async fn every_part_of_the_table_is_read() {
    let scan = mock!(Client::scan).then_compute_output(|request| {
        assert_eq!(request.consistent_read(), Some(true));
        assert_eq!(request.filter_expression(), Some("begins_with(pk, :t) AND sk = :h"));
        let next = |pk: &str| Some(HashMap::from([("pk".to_owned(), text(pk))]));
        let after = request.exclusive_start_key().map(|key| key["pk"].as_s().unwrap().as_str());
        let body = r#"{"seq":3,"hash":"ab"}"#;
        let (items, next) = match after {
            None => (vec![head("eng-1", body)], next("p1")),
            Some("p1") => (Vec::new(), next("p2")),
            Some("p2") => (vec![head("TIMELINE#odd", body)], None),
            Some(other) => panic!("{other}"),
        };
        ScanOutput::builder().set_items(Some(items)).set_last_evaluated_key(next).build()
    });
    let ledger = Ledger::new(mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&scan]), "t");
    let (mut found, mut next) = (Vec::new(), None);
    loop {
        let (some, after) = ledger.timelines(next).await.unwrap();
        found.extend(some.into_iter().map(|(id, head)| (id.to_string(), head.seq)));
        next = after;
        if next.is_none() {
            break;
        }
    }
    assert_eq!(found, [("eng-1".to_owned(), 3), ("TIMELINE#odd".to_owned(), 3)]);
}

#[tokio::test]
async fn a_head_that_cannot_be_read_is_an_error() {
    let scan = mock!(Client::scan)
        .then_output(|| ScanOutput::builder().items(head("eng-1", r#"{"seq":"three"}"#)).build());
    let ledger = Ledger::new(mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&scan]), "t");
    assert!(matches!(ledger.timelines(None).await, Err(LedgerError::Corrupt { .. })));
}

/// A message that waits since before a restore names the old table; its marker is in the new one.
#[tokio::test]
async fn the_marker_of_an_older_message_is_found_after_a_restore() {
    let table = |name: &str| Ledger::new(mock_client!(aws_sdk_dynamodb, []), name);
    let marker = Key::marker("intake", "e-1");
    for (named, here, found) in [
        ("hg-dev-ledger", "hg-dev-ledger", true),
        ("hg-dev-ledger", "hg-dev-ledger-r1", true),
        ("hg-dev-ledger-r1", "hg-dev-ledger-r2", true),
        ("hg-dev-ledger-r1", "hg-dev-ledger", true),
        ("hg-dev-ledger", "hg-dev-metrics", false),
        ("hg-dev-ledger-r1", "hg-dev-metrics-r1", false),
        ("hg-prod-ledger", "hg-dev-ledger", false),
        ("hg-dev-ledger-r1-x", "hg-dev-ledger", false),
        ("ledger", "metrics", false),
    ] {
        let origin = table(named).origin(&marker);
        let expected = found.then(|| marker.clone());
        assert_eq!(table(here).marker_of(&origin), expected, "{named} {here}");
    }
}
