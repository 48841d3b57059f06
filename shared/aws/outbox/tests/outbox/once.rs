//! Every point where a function can crash between receive and acknowledgment, seen from the next delivery.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use aws_sdk_dynamodb::operation::get_item::GetItemOutput;
use aws_sdk_dynamodb::operation::transact_write_items::{
    TransactWriteItemsError, TransactWriteItemsOutput,
};
use aws_sdk_dynamodb::operation::update_item::UpdateItemOutput;
use aws_sdk_dynamodb::types::error::TransactionCanceledException;
use aws_sdk_dynamodb::types::{AttributeValue, CancellationReason};
use aws_sdk_eventbridge::operation::put_events::PutEventsOutput;
use aws_sdk_eventbridge::types::PutEventsResultEntry;
use aws_smithy_mocks::{Rule, RuleMode, mock, mock_client};
use headgate_bus::Bus;
use headgate_domain::timeline::Head;
use headgate_events::{FunctionName, Outgoing};
use headgate_ledger::{Key, Ledger, Transition};
use headgate_outbox::{Flow, FlowError, Once};
use serde_json::json;

type Db = aws_sdk_dynamodb::Client;

/// The environment of one delivery: the marker in the ledger, and the responses of ledger and bus.
struct World {
    marker: Rule,
    commit: Rule,
    mark: Rule,
    bus: Rule,
    decided: Cell<u32>,
}

fn event() -> Outgoing {
    Outgoing {
        id: "e-1".into(),
        source: "headgate.test".into(),
        kind: "change.accepted.v1".into(),
        detail: json!({ "id": "e-1" }),
    }
}

fn marker(published: Option<bool>) -> Rule {
    mock!(Db::get_item).then_output(move || match published {
        None => GetItemOutput::builder().build(),
        Some(published) => GetItemOutput::builder()
            .item("body", AttributeValue::S(json!({ "outbox": [event()] }).to_string()))
            .item("published", AttributeValue::Bool(published))
            .build(),
    })
}

fn applied() -> Rule {
    mock!(Db::transact_write_items).then_output(|| TransactWriteItemsOutput::builder().build())
}

fn canceled(codes: &'static [&'static str]) -> Rule {
    mock!(Db::transact_write_items).then_error(|| {
        let reasons = codes.iter().map(|c| CancellationReason::builder().code(*c).build());
        TransactWriteItemsError::TransactionCanceledException(
            TransactionCanceledException::builder()
                .set_cancellation_reasons(Some(reasons.collect()))
                .build(),
        )
    })
}

fn bus(code: Option<&'static str>) -> Rule {
    mock!(aws_sdk_eventbridge::Client::put_events)
        .match_requests(|r| {
            r.entries().len() == 1 && r.entries()[0].detail() == Some("{\"id\":\"e-1\"}")
        })
        .then_output(move || {
            let entry = PutEventsResultEntry::builder().set_error_code(code.map(str::to_owned));
            PutEventsOutput::builder()
                .failed_entry_count(i32::from(code.is_some()))
                .entries(entry.build())
                .build()
        })
}

impl World {
    fn new(published: Option<bool>, commit: Rule, code: Option<&'static str>) -> Self {
        let mark = mock!(Db::update_item).then_output(|| UpdateItemOutput::builder().build());
        let decided = Cell::new(0);
        Self { marker: marker(published), commit, mark, bus: bus(code), decided }
    }

    /// Runs one delivery and returns how many times it decided, committed, published and marked.
    async fn deliver(&self) -> (Result<Once, FlowError>, [u32; 4]) {
        let rules = [&self.marker, &self.mark, &self.commit];
        let db = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, rules);
        let events = mock_client!(aws_sdk_eventbridge, RuleMode::MatchAny, [&self.bus]);
        let flow = Flow {
            ledger: Ledger::new(db, "ledger"),
            bus: Bus::new(events, "bus"),
            function: FunctionName::new("test"),
            clock: || jiff::Timestamp::UNIX_EPOCH,
        };
        let result = flow
            .once("e-0", async || {
                self.decided.set(self.decided.get() + 1);
                Ok::<_, FlowError>(
                    Transition::new()
                        .create(&Key::change(&"c".into()), &Head::default())?
                        .publishing(event()),
                )
            })
            .await;
        let count = |n: usize| u32::try_from(n).unwrap();
        let counts = [
            self.decided.get(),
            count(self.commit.num_calls()),
            count(self.bus.num_calls()),
            count(self.mark.num_calls()),
        ];
        (result, counts)
    }
}

#[tokio::test]
async fn the_first_delivery_decides_commits_publishes_and_marks() {
    let (result, counts) = World::new(None, applied(), None).deliver().await;
    assert_eq!(result.unwrap(), Once::Processed);
    assert_eq!(counts, [1, 1, 1, 1]);
}

#[tokio::test]
async fn after_a_crash_before_the_publish_the_same_event_is_published() {
    let (result, counts) = World::new(Some(false), applied(), None).deliver().await;
    assert_eq!(result.unwrap(), Once::AlreadyProcessed);
    assert_eq!(counts, [0, 0, 1, 1]);
}

#[tokio::test]
async fn after_a_crash_before_the_acknowledge_nothing_is_done() {
    let (result, counts) = World::new(Some(true), applied(), None).deliver().await;
    assert_eq!(result.unwrap(), Once::AlreadyProcessed);
    assert_eq!(counts, [0, 0, 0, 0]);
}

#[tokio::test]
async fn what_is_not_published_is_not_marked_and_not_acknowledged() {
    let (result, counts) = World::new(None, applied(), Some("InternalFailure")).deliver().await;
    assert!(matches!(result, Err(FlowError::Publish(_))));
    assert_eq!(counts, [1, 1, 4, 0]);
}

#[tokio::test]
async fn a_conflict_is_decided_anew_and_has_an_end() {
    let conflict = canceled(&["None", "ConditionalCheckFailed"]);
    let (result, counts) = World::new(None, conflict, None).deliver().await;
    assert!(matches!(result, Err(FlowError::Contention { attempts: 10 })));
    assert_eq!(counts, [10, 10, 0, 0]);
}

/// Two deliveries at once: the other one wins the commit and dies before it publishes. This one publishes for it.
#[tokio::test]
async fn the_loser_of_a_race_publishes_what_the_winner_did_not() {
    let mut world = World::new(None, canceled(&["ConditionalCheckFailed", "None"]), None);
    let reads = Arc::new(AtomicU32::new(0));
    world.marker = mock!(Db::get_item).then_compute_output(move |_| {
        // The marker appears between the first read and the commit.
        if reads.fetch_add(1, Ordering::Relaxed) == 0 {
            return GetItemOutput::builder().build();
        }
        GetItemOutput::builder()
            .item("body", AttributeValue::S(json!({ "outbox": [event()] }).to_string()))
            .item("published", AttributeValue::Bool(false))
            .build()
    });
    let (result, counts) = world.deliver().await;
    assert_eq!((result.unwrap(), counts), (Once::AlreadyProcessed, [1, 1, 1, 1]));
}
