//! The list of changes has parts, and its pages show none of that.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::query::QueryOutput;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use headgate_events::Versioned;
use headgate_ledger::{Ledger, Listing};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
struct Name(String);

impl Versioned for Name {}

/// The index as DynamoDB answers: partition, sort key, name; any number of items created at the same time.
fn index(changes: usize) -> Vec<(String, String, String)> {
    let mut index = Vec::new();
    for n in 0..changes {
        let id = format!("chg|{n:03}");
        let at = Timestamp::UNIX_EPOCH + SignedDuration::from_secs(i64::try_from(n).unwrap() / 3);
        let text = format!("{:?}", Listing::change(at, &id.as_str().into()));
        let member = |name: &str| {
            let rest = text.split(&format!("{name}: \"")).nth(1).unwrap();
            rest.split('"').next().unwrap().to_owned()
        };
        // Some heads were written by a build that knew no parts.
        let pk = if n % 5 == 0 { "CHANGES".to_owned() } else { member("pk") };
        index.push((pk, member("sk"), id));
    }
    index
}

fn ledger(index: Vec<(String, String, String)>) -> Ledger {
    let query = mock!(Client::query).then_compute_output(move |request| {
        let values = request.expression_attribute_values().unwrap();
        let value = |name: &str| values.get(name).map(|v| v.as_s().unwrap().clone());
        let (part, before) = (value(":p").unwrap(), value(":before"));
        assert_eq!(request.scan_index_forward(), Some(false));
        assert_ne!(before.as_deref(), Some(""), "DynamoDB refuses empty keys");
        let mut found: Vec<_> = index
            .iter()
            .filter(|(pk, sk, _)| *pk == part && before.as_ref().is_none_or(|b| sk < b))
            .collect();
        found.sort_by(|a, b| b.1.cmp(&a.1));
        found.truncate(usize::try_from(request.limit().unwrap()).unwrap());
        let item = |(_, sk, id): &(String, String, String)| {
            [
                ("listing_sk", AttributeValue::S(sk.clone())),
                ("version", AttributeValue::N("1".to_owned())),
                ("body", AttributeValue::S(format!("\"{id}\""))),
            ]
            .map(|(name, value)| (name.to_owned(), value))
            .into()
        };
        let items = found.into_iter().map(item).collect();
        QueryOutput::builder().set_items(Some(items)).build()
    });
    Ledger::new(mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&query]), "ledger")
}

#[tokio::test]
async fn pages_are_in_order_and_whole_whatever_part_a_change_is_in() {
    for (changes, limit) in [(0, 10), (1, 1), (100, 7), (100, 100), (100, 99), (101, 100)] {
        let mut expected = index(changes);
        let parts: BTreeSet<_> = expected.iter().map(|(pk, _, _)| pk.clone()).collect();
        assert!(changes < 100 || parts.len() > 10, "{parts:?}");
        expected.sort_by(|a, b| b.1.cmp(&a.1));
        let expected: Vec<_> = expected.into_iter().map(|(_, _, id)| id).collect();
        let ledger = ledger(index(changes));
        let (mut found, mut after, mut pages) = (Vec::new(), None, 0);
        loop {
            let page = ledger.changes::<Name>(limit, after).await.unwrap();
            found.extend(page.items.into_iter().map(|s| s.value.0));
            (after, pages) = (page.next, pages + 1);
            if after.is_none() {
                break;
            }
        }
        assert_eq!(found, expected, "{changes} changes, {limit} a page");
        assert_eq!(pages, changes.div_ceil(usize::try_from(limit).unwrap()).max(1));
    }
}
