//! The sweep of unpublished outboxes, with what DynamoDB and EventBridge document about failure.
#![allow(clippy::unwrap_used)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_sdk_dynamodb::Client as Db;
use aws_sdk_dynamodb::operation::get_item::GetItemOutput;
use aws_sdk_dynamodb::operation::query::{QueryError, QueryOutput};
use aws_sdk_dynamodb::operation::update_item::UpdateItemOutput;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_dynamodb::types::error::ResourceNotFoundException;
use aws_sdk_eventbridge::operation::put_events::PutEventsOutput;
use aws_sdk_eventbridge::types::PutEventsResultEntry;
use aws_smithy_mocks::{Rule, RuleMode, mock, mock_client};
use headgate_bus::Bus;
use headgate_events::FunctionName;
use headgate_ledger::Ledger;
use headgate_outbox::Flow;
use headgate_outbox_sweeper::{SweepError, Swept, sweep};
use jiff::Timestamp;
use serde_json::json;

const MINUTE: Duration = Duration::from_secs(60);

fn now() -> Timestamp {
    "2026-11-02T10:00:00Z".parse().unwrap()
}

fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

/// A table with markers, and a bus that refuses some of their events.
#[derive(Clone, Default)]
struct World {
    /// Unpublished, by part of the list: (part, name of the marker).
    listed: Vec<(u8, &'static str)>,
    /// Published since the index last saw it.
    published_meanwhile: Vec<&'static str>,
    refused: Vec<&'static str>,
    unlistable: bool,
    sent: Arc<Mutex<Vec<String>>>,
    marked: Arc<Mutex<Vec<String>>>,
    queries: Arc<Mutex<Vec<(String, String)>>>,
}

impl World {
    fn db(&self) -> [Rule; 4] {
        let this = self.clone();
        let unlistable =
            mock!(Db::query).match_requests(move |_| this.unlistable).then_error(|| {
                let gone = ResourceNotFoundException::builder().build();
                QueryError::ResourceNotFoundException(gone)
            });
        let this = self.clone();
        // One item a page, and an empty page before each: DynamoDB may do both.
        let list = mock!(Db::query).then_compute_output(move |request| {
            let values = request.expression_attribute_values().unwrap();
            let value = |name: &str| values[name].as_s().unwrap().clone();
            assert_eq!(request.index_name(), Some("listing"));
            assert_eq!(
                request.key_condition_expression(),
                Some("listing_pk = :p AND listing_sk < :before")
            );
            let start = request
                .exclusive_start_key()
                .map_or(0, |key| key["sk"].as_s().unwrap().parse::<usize>().unwrap());
            if start == 0 {
                this.queries.lock().unwrap().push((value(":p"), value(":before")));
            }
            let mine: Vec<_> = this
                .listed
                .iter()
                .filter(|(n, _)| format!("OUTBOX#{n:02}") == value(":p"))
                .collect();
            let item = (start % 2 == 1).then(|| mine.get(start / 2)).flatten();
            let item = item.map(|(_, name)| {
                [("pk", text(*name)), ("sk", text("MARKER"))]
                    .map(|(k, v)| (k.to_owned(), v))
                    .into_iter()
                    .collect()
            });
            let more = start / 2 < mine.len();
            let next = more.then(|| {
                ["listing_sk", "pk", "sk"]
                    .map(|name| (name.to_owned(), text((start + 1).to_string())))
                    .into_iter()
                    .collect()
            });
            QueryOutput::builder()
                .set_items(Some(item.into_iter().collect()))
                .set_last_evaluated_key(next)
                .build()
        });
        let this = self.clone();
        let get = mock!(Db::get_item).then_compute_output(move |request| {
            let name = request.key().unwrap()["pk"].as_s().unwrap().clone();
            let event = json!({ "id": name, "source": "headgate.permits-api", "kind": "permit.issued.v1", "detail": { "id": name } });
            GetItemOutput::builder()
                .item("body", text(json!({ "outbox": [event] }).to_string()))
                .item(
                    "published",
                    AttributeValue::Bool(this.published_meanwhile.contains(&name.as_str())),
                )
                .build()
        });
        let this = self.clone();
        let mark = mock!(Db::update_item).then_compute_output(move |request| {
            assert_eq!(
                request.update_expression(),
                Some("SET published = :yes, #ttl = :ttl REMOVE listing_pk, listing_sk")
            );
            let ttl =
                request.expression_attribute_values().unwrap()[":ttl"].as_n().unwrap().clone();
            assert_eq!(ttl, (now().as_second() + 90 * 24 * 3600).to_string());
            let name = request.key().unwrap()["pk"].as_s().unwrap().clone();
            this.marked.lock().unwrap().push(name);
            UpdateItemOutput::builder().build()
        });
        [unlistable, list, get, mark]
    }

    fn flow(&self) -> Flow {
        let rules = self.db();
        let rules: Vec<&Rule> = rules.iter().collect();
        let db = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, rules.as_slice());
        let this = self.clone();
        let put =
            mock!(aws_sdk_eventbridge::Client::put_events).then_compute_output(move |request| {
                let [entry] = request.entries() else { panic!("one event was committed") };
                assert_eq!(entry.source(), Some("headgate.permits-api"));
                let detail: serde_json::Value =
                    serde_json::from_str(entry.detail().unwrap()).unwrap();
                let id = detail["id"].as_str().unwrap().to_owned();
                let refused = this.refused.contains(&id.as_str());
                let result = PutEventsResultEntry::builder()
                    .set_error_code(refused.then(|| "ThrottlingException".to_owned()))
                    .build();
                if !refused {
                    this.sent.lock().unwrap().push(id);
                }
                PutEventsOutput::builder()
                    .failed_entry_count(i32::from(refused))
                    .entries(result)
                    .build()
            });
        let bus = mock_client!(aws_sdk_eventbridge, RuleMode::MatchAny, [&put]);
        Flow {
            ledger: Ledger::new(db, "ledger"),
            bus: Bus::new(bus, "bus"),
            function: FunctionName::new("outbox-sweeper"),
            clock: now,
        }
    }

    fn sent(&self) -> Vec<String> {
        self.sent.lock().unwrap().clone()
    }

    fn marked(&self) -> Vec<String> {
        self.marked.lock().unwrap().clone()
    }
}

#[tokio::test]
async fn what_nobody_published_is_published_marked_and_kept_for_90_days_from_now() {
    let world = World { listed: vec![(0, "a"), (0, "b"), (31, "c")], ..World::default() };
    let swept = sweep(&[world.flow()], MINUTE).await.unwrap();
    assert_eq!(swept, Swept { published: 3, failed: 0, complete: true });
    let mut sent = world.sent();
    assert_eq!(world.marked(), sent);
    sent.sort();
    assert_eq!(sent, ["a", "b", "c"]);
    // All parts, and nothing that a function may still be about to publish.
    let queries = world.queries.lock().unwrap().clone();
    let first = (now().as_second() / 60 % 32) as usize;
    let part = |n| (format!("OUTBOX#{n:02}"), "2026-11-02T09:59:50.000Z".to_owned());
    assert_eq!(queries, (0..32).map(|n| part((first + n) % 32)).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_somebody_published_meanwhile_is_not_sent_again() {
    let world =
        World { listed: vec![(3, "a")], published_meanwhile: vec!["a"], ..World::default() };
    let swept = sweep(&[world.flow()], MINUTE).await.unwrap();
    assert_eq!(swept, Swept { published: 0, failed: 0, complete: true });
    assert!(world.sent().is_empty());
    // An earlier build does not take it off the list, so this does.
    assert_eq!(world.marked(), ["a"]);
}

/// An outbox that the bus never takes must not hide those behind it, and somebody must hear of it.
#[tokio::test]
async fn an_outbox_that_fails_does_not_stop_the_others() {
    let world = World {
        listed: vec![(0, "a"), (0, "b"), (1, "c")],
        refused: vec!["a"],
        ..World::default()
    };
    let broken = World { unlistable: true, ..World::default() };
    let result = sweep(&[broken.flow(), world.flow()], MINUTE).await;
    let Err(SweepError::Failed(failed)) = result else { panic!("nobody would hear of it") };
    // All lists of the broken table, and one outbox.
    assert_eq!(failed, 33);
    let mut sent = world.sent();
    sent.sort();
    assert_eq!((sent, world.marked()), (vec!["b".into(), "c".into()], world.sent()));
}

#[tokio::test]
async fn a_sweep_without_time_says_that_it_is_not_complete() {
    let world = World { listed: vec![(0, "a")], ..World::default() };
    let swept = sweep(&[world.flow()], Duration::from_secs(9)).await;
    assert!(matches!(swept, Err(SweepError::Incomplete(0))), "{swept:?}");
    assert!(world.sent().is_empty());
}
