//! One outcome a record.
#![allow(clippy::unwrap_used)]

use aws_lambda_events::event::sqs::{SqsEvent, SqsMessage};
use aws_sdk_sqs::Client;
use aws_sdk_sqs::operation::send_message::{SendMessageError, SendMessageOutput};
use aws_sdk_sqs::types::error::QueueDoesNotExist;
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use headgate_batch::{DeadLetterQueue, Outcome, Poison, Record, attribute, run};

fn batch(bodies: &[&str]) -> SqsEvent {
    let mut event = SqsEvent::default();
    for (n, body) in bodies.iter().enumerate() {
        let mut message = SqsMessage::default();
        message.message_id = Some(format!("m-{n}"));
        message.body = Some((*body).to_owned());
        message.attributes.insert("ApproximateReceiveCount".into(), "3".into());
        event.records.push(message);
    }
    event
}

async fn handle(record: &Record) -> Outcome {
    assert_eq!(record.receive_count, 3);
    match record.body.as_str() {
        "retry" => Outcome::Retry { reason: "later".into() },
        "panic" => panic!("boom"),
        "poison" => Outcome::Poison(Poison {
            code: "bad".into(),
            reason: "x".repeat(5_000),
            event_type: None,
        }),
        _ => Outcome::Done,
    }
}

fn failed(response: aws_lambda_events::event::sqs::SqsBatchResponse) -> Vec<String> {
    let mut ids: Vec<_> =
        response.batch_item_failures.into_iter().map(|f| f.item_identifier).collect();
    ids.sort();
    ids
}

fn queue(client: Client) -> DeadLetterQueue {
    DeadLetterQueue::new(client, "https://queue", "intake", "0.1.0")
}

#[tokio::test]
async fn neighbours_of_a_bad_record_succeed() {
    let sent = mock!(Client::send_message)
        .match_requests(|r| {
            let attributes = r.message_attributes().unwrap();
            let text = |name: &str| attributes[name].string_value().unwrap().to_owned();
            r.message_body() == Some("poison")
                && text(attribute::ERROR_TYPE) == "bad"
                && text(attribute::REASON).len() == 1_000
                && text(attribute::CONSUMER) == "intake"
                && text(attribute::MESSAGE_ID) == "m-3"
                && text(attribute::ATTEMPTS) == "3"
                && !attributes.contains_key(attribute::EVENT_TYPE)
        })
        .then_output(|| SendMessageOutput::builder().build());
    let client = mock_client!(aws_sdk_sqs, RuleMode::MatchAny, [&sent]);
    let bodies = ["ok", "retry", "panic", "poison", "ok", "ok", "ok"];
    let response = run(batch(&bodies), Some(&queue(client)), handle).await;
    assert_eq!(failed(response), ["m-1", "m-2"]);
    assert_eq!(sent.num_calls(), 1);
}

#[tokio::test]
async fn poison_is_kept_until_it_is_in_the_dead_letter_queue() {
    let refused = mock!(Client::send_message)
        .then_error(|| SendMessageError::QueueDoesNotExist(QueueDoesNotExist::builder().build()));
    let client = mock_client!(aws_sdk_sqs, RuleMode::MatchAny, [&refused]);
    let response = run(batch(&["poison", "ok"]), Some(&queue(client)), handle).await;
    assert_eq!(failed(response), ["m-0"]);
}

#[tokio::test]
async fn a_batch_in_which_all_fails_is_answered_like_any_other() {
    let response = run(batch(&["retry", "panic", "poison"]), None, handle).await;
    assert_eq!(failed(response), ["m-0", "m-1", "m-2"]);
}

#[tokio::test]
async fn an_empty_batch_is_no_failure() {
    assert!(failed(run(SqsEvent::default(), None, handle).await).is_empty());
}
