//! Which messages of a batch are processed together, and what happens to the others.

use std::cell::RefCell;
use std::time::Duration;

use aws_lambda_events::event::sqs::{SqsEvent, SqsMessage};
use aws_smithy_mocks::{RuleMode, mock_client};
use headgate_batch::Runner;
use headgate_bus::Bus;
use headgate_events::{Delivery, EngagementId, FunctionName};
use headgate_ledger::Ledger;
use headgate_outbox::{Consumer, Flow, Handled, Once};
use serde_json::{Value, json};

/// What was processed: each group, and each single event.
#[derive(Debug, Default, PartialEq)]
struct Processed {
    together: Vec<Vec<String>>,
    alone: Vec<String>,
}

/// A message about an event of an engagement at a minute, received so many times.
fn message((id, engagement, minute, receives): (&str, &str, u8, u32)) -> SqsMessage {
    let text = include_str!("../../../../../events/fixtures/change.accepted.v1.json");
    let mut detail: Value = serde_json::from_str(text).unwrap();
    detail["id"] = json!(id);
    detail["correlationid"] = json!(engagement);
    detail["time"] = json!(format!("2026-11-02T09:{minute:02}:00Z"));
    let body = json!({ "detail-type": "change.accepted.v1", "source": "headgate.intake", "detail": detail });
    let mut message = SqsMessage::default();
    message.message_id = (!id.starts_with("nameless")).then(|| id.to_owned());
    message.attributes.insert("ApproximateReceiveCount".to_owned(), receives.to_string());
    if id.starts_with("moved") {
        let from = "arn:aws:sqs:us-east-1:000000000000:mine".to_owned();
        message.attributes.insert("DeadLetterQueueSourceArn".to_owned(), from);
    }
    message.body = Some(body.to_string());
    message
}

async fn run(
    messages: &[(&str, &str, u8, u32)],
    together: impl AsyncFn(&[String]) -> Vec<Option<Once>>,
) -> Processed {
    let db = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, []);
    let events = mock_client!(aws_sdk_eventbridge, RuleMode::MatchAny, []);
    let sqs = mock_client!(aws_sdk_sqs, RuleMode::MatchAny, []);
    let consumer = Consumer {
        flow: Flow {
            ledger: Ledger::new(db, "ledger"),
            bus: Bus::new(events, "bus"),
            function: FunctionName::new("metrics-finalizer"),
            clock: jiff::Timestamp::now,
        },
        runner: Runner::new(sqs, "metrics-finalizer", "b1"),
        origins: headgate_outbox::Origins::unchecked(),
    };
    let mut batch = SqsEvent::default();
    batch.records = messages.iter().map(|m| message(*m)).collect();
    let seen = RefCell::new(Processed::default());
    let group = async |all: Vec<Delivery>| {
        let ids: Vec<_> = all.iter().map(|d| d.fact.id().to_owned()).collect();
        seen.borrow_mut().together.push(ids.clone());
        together(&ids).await
    };
    let one = async |delivery: Delivery| {
        seen.borrow_mut().alone.push(delivery.fact.id().to_owned());
        Ok::<_, Handled>(Once::Processed)
    };
    let response = consumer.run_together(batch, Duration::from_secs(60), group, one).await;
    // They are refused, and here there is no queue for dead letters.
    let moved = messages.iter().filter(|(id, ..)| id.starts_with("moved")).count();
    assert_eq!(response.batch_item_failures.len(), moved);
    let mut seen = seen.into_inner();
    seen.alone.sort();
    seen
}

async fn all(ids: &[String]) -> Vec<Option<Once>> {
    vec![Some(Once::Processed); ids.len()]
}

const FOUR: [(&str, &str, u8, u32); 4] =
    [("c", "eng-a", 3, 1), ("a", "eng-a", 1, 1), ("x", "eng-b", 9, 1), ("b", "eng-a", 2, 2)];

#[tokio::test]
async fn events_of_an_engagement_are_next_to_each_other_in_the_order_of_their_times() {
    // Which engagement is the first changes from batch to batch.
    let found = run(&FOUR, all).await;
    let orders = [["a", "b", "c", "x"], ["x", "a", "b", "c"]];
    assert!(orders.iter().any(|order| found.together == [*order]), "{found:?}");
    assert_eq!(found.alone, [""; 0]);
}

#[tokio::test]
async fn what_a_group_does_not_settle_is_processed_alone() {
    let found = run(&FOUR, async |ids: &[String]| {
        ids.iter().map(|id| (id != "b").then_some(Once::Processed)).collect()
    });
    assert_eq!(found.await.alone, ["b"]);
}

/// It may be what ended the process twice before.
#[tokio::test]
async fn a_message_that_was_received_three_times_is_in_a_group_only_every_other_time() {
    let four = [("a", "eng-a", 1, 4), ("b", "eng-a", 2, 3)];
    assert_eq!(run(&four, all).await.together, [["a"]]);
    let suspected = [("a", "eng-a", 1, 3), ("b", "eng-a", 2, 2), ("c", "eng-a", 3, 1)];
    let found = run(&suspected, all).await;
    assert_eq!(found.together, [["b", "c"]]);
    assert_eq!(found.alone, ["a"]);
}

/// One that is settled would stand for all of them.
#[tokio::test]
async fn messages_without_an_id_are_in_no_group() {
    let found = run(&[("nameless-a", "eng-a", 1, 1), ("nameless-b", "eng-a", 2, 1)], all).await;
    assert_eq!(found.alone, ["nameless-a", "nameless-b"]);
}

#[tokio::test]
async fn events_whose_group_panics_are_processed_alone() {
    let found = run(&FOUR, async |ids: &[String]| {
        assert!(ids.is_empty(), "planned");
        all(ids).await
    });
    assert_eq!(found.await.alone, ["a", "b", "c", "x"]);
}

#[tokio::test(start_paused = true)]
async fn a_group_that_hangs_leaves_most_of_the_time() {
    let begun = tokio::time::Instant::now();
    let found = run(&FOUR, async |ids: &[String]| {
        if !ids.is_empty() {
            std::future::pending::<()>().await;
        }
        all(ids).await
    });
    assert_eq!(found.await.alone, ["a", "b", "c", "x"]);
    assert_eq!(begun.elapsed(), Duration::from_secs(15));
}

/// Who sent it, nobody knows: SQS moved it here from another queue.
#[tokio::test]
async fn what_sqs_moved_here_is_processed_in_no_group() {
    let messages = [("a", "eng", 1, 1), ("moved", "eng", 2, 1), ("b", "eng", 3, 1)];
    let seen = run(&messages, async |ids: &[String]| vec![Some(Once::Processed); ids.len()]).await;
    let group = vec!["a".to_owned(), "b".to_owned()];
    assert_eq!(seen, Processed { together: vec![group], alone: Vec::new() });
}

/// Forty events of eight engagements, in four parts.
fn forty() -> Vec<(String, String)> {
    let of_part = |part: u8, nth: usize| {
        let names = (0..).map(|n| format!("eng-{n}"));
        let mut names = names.filter(|n| EngagementId::from(n.as_str()).part() == part);
        names.nth(nth).unwrap()
    };
    let engagements: Vec<_> = (0..8).map(|n| of_part([1, 5, 9, 13][n % 4], n / 4)).collect();
    (0..40).map(|n| (format!("m{n:02}"), engagements[n % 8].clone())).collect()
}

fn part_of_message(id: &str) -> u8 {
    let found = forty().into_iter().find(|(message, _)| message == id).unwrap();
    EngagementId::from(found.1.as_str()).part()
}

async fn run_forty(together: impl AsyncFn(&[String]) -> Vec<Option<Once>>) -> Processed {
    let forty = forty();
    let messages: Vec<_> = forty.iter().map(|(m, e)| (m.as_str(), e.as_str(), 1, 1)).collect();
    run(&messages, together).await
}

/// None of them could pass the barrier alone.
#[tokio::test(start_paused = true)]
async fn parts_of_a_large_batch_are_processed_at_the_same_time() {
    let barrier = tokio::sync::Barrier::new(4);
    let found = run_forty(async |ids: &[String]| {
        barrier.wait().await;
        all(ids).await
    });
    let found = found.await;
    assert_eq!(found.alone, [""; 0]);
    assert_eq!(found.together.len(), 4);
    for group in &found.together {
        assert_eq!(group.len(), 10);
        assert!(
            group.iter().all(|id| part_of_message(id) == part_of_message(&group[0])),
            "{group:?}"
        );
    }
}

#[tokio::test]
async fn a_group_that_panics_or_hangs_leaves_the_others() {
    for hangs in [false, true] {
        tokio::time::pause();
        let found = run_forty(async |ids: &[String]| {
            if part_of_message(&ids[0]) == 5 {
                assert!(hangs, "planned");
                std::future::pending::<()>().await;
            }
            all(ids).await
        });
        let alone = found.await.alone;
        assert_eq!(alone.len(), 10);
        assert!(alone.iter().all(|id| part_of_message(id) == 5), "{alone:?}");
        tokio::time::resume();
    }
}

/// However many there are: they share the end of a timeline.
#[tokio::test]
async fn events_of_an_engagement_are_in_one_group() {
    let names: Vec<_> = (0..50).map(|n| format!("m{n}")).collect();
    let messages: Vec<_> = names.iter().map(|name| (name.as_str(), "eng-a", 1, 1)).collect();
    assert_eq!(run(&messages, all).await.together.len(), 1);
}
