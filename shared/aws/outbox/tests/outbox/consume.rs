//! What happens to the messages of a consumer.

use std::time::Duration;

use aws_lambda_events::event::sqs::{SqsEvent, SqsMessage, SqsMessageAttribute};
use aws_sdk_sqs::Client;
use aws_sdk_sqs::operation::change_message_visibility_batch::ChangeMessageVisibilityBatchOutput;
use aws_sdk_sqs::operation::send_message::SendMessageOutput;
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use headgate_batch::Runner;
use headgate_bus::Bus;
use headgate_events::FunctionName;
use headgate_ledger::Ledger;
use headgate_outbox::{Consumer, Flow, Handled, Once, Origins};
use serde_json::json;

fn consumer(sqs: Client, origins: Origins) -> Consumer {
    let db = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, []);
    let events = mock_client!(aws_sdk_eventbridge, RuleMode::MatchAny, []);
    Consumer {
        flow: Flow {
            ledger: Ledger::new(db, "ledger"),
            bus: Bus::new(events, "bus"),
            function: FunctionName::new("pm-review"),
            clock: jiff::Timestamp::now,
        },
        runner: Runner::new(sqs, "pm-review", "b1").dead_letters("https://dlq"),
        origins,
    }
}

fn batch(body: String) -> SqsEvent {
    let mut message = SqsMessage::default();
    message.message_id = Some("m".to_owned());
    message.event_source_arn = Some("arn:aws:sqs:us-east-1:000000000000:pm-review".to_owned());
    message.body = Some(body);
    let mut batch = SqsEvent::default();
    batch.records = vec![message];
    batch
}

/// Runs one message, and returns how many stay in the queue, and how many went to the dead-letter queue.
async fn run(source: &str, kind: &str) -> (usize, usize) {
    run_with(Origins::unchecked(), source, kind).await
}

async fn run_with(origins: Origins, source: &str, kind: &str) -> (usize, usize) {
    let hidden = mock!(Client::change_message_visibility_batch).then_output(|| {
        ChangeMessageVisibilityBatchOutput::builder()
            .set_successful(Some(vec![]))
            .set_failed(Some(vec![]))
            .build()
            .unwrap()
    });
    let sent = mock!(Client::send_message).then_output(|| SendMessageOutput::builder().build());
    let sqs = mock_client!(aws_sdk_sqs, RuleMode::MatchAny, [&hidden, &sent]);
    let body = json!({ "detail-type": kind, "source": source, "detail": {} }).to_string();
    let handler = async |_| -> Result<Once, Handled> { panic!("handled") };
    let response = consumer(sqs, origins).run(batch(body), Duration::from_secs(60), handler).await;
    (response.batch_item_failures.len(), sent.num_calls())
}

/// During a deployment, in which producers are updated before their consumers.
#[tokio::test]
async fn a_later_version_of_the_fleets_own_events_waits_for_the_new_build() {
    assert_eq!(run("headgate.intake", "change.accepted.v2").await, (1, 0));
}

#[tokio::test]
async fn a_version_that_nobody_will_ever_read_goes_to_the_dead_letter_queue_at_once() {
    assert_eq!(run("agent.terraform-bot", "change.proposed.v9").await, (0, 1));
    assert_eq!(run("headgate.intake", "weather.changed.v1").await, (0, 1));
}

/// The attack: keep a queue busy for days with versions that nobody will ever deploy.
#[tokio::test]
async fn a_later_version_that_the_fleet_did_not_publish_does_not_wait() {
    let db = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, []);
    let origins = Origins::of(vec![Ledger::new(db, "ledger")]);
    assert_eq!(run_with(origins, "headgate.intake", "change.accepted.v99").await, (0, 1));
}

/// Only the fleet sends to most consumers. The rule of the bus says so as well, but anybody who can send to the queue passes it by.
#[tokio::test]
async fn events_of_others_are_refused_unless_the_handler_decides() {
    let db = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, []);
    let origins = Origins::of(vec![Ledger::new(db, "ledger")]);
    for (origins, expected) in
        [(origins.clone(), "sender_not_trusted"), (origins.and_others(), "handled")]
    {
        assert_eq!(refused_for(origins).await, expected);
    }
}

async fn refused_for(origins: Origins) -> String {
    let fixture = include_str!("../../../../../events/fixtures/change.accepted.v1.json");
    let body = format!(r#"{{"detail-type":"change.accepted.v1","source":"x","detail":{fixture}}}"#);
    let code = std::sync::Arc::new(std::sync::Mutex::new("handled".to_owned()));
    let seen = std::sync::Arc::clone(&code);
    let sent = mock!(Client::send_message).then_compute_output(move |request| {
        if format!("{:?}", request.message_attributes()).contains("sender_not_trusted") {
            "sender_not_trusted".clone_into(&mut seen.lock().unwrap());
        }
        SendMessageOutput::builder().build()
    });
    let sqs = mock_client!(aws_sdk_sqs, RuleMode::MatchAny, [&sent]);
    let handler = async |_| -> Result<Once, Handled> { Ok(Once::Processed) };
    consumer(sqs, origins).run(batch(body), Duration::from_secs(60), handler).await;
    code.lock().unwrap().clone()
}

/// The attack: choose the consumer's queue as the dead-letter queue of one's own. SQS then moves messages there, past the queue's policy.
/// On AWS the redrive allow policy refuses it; this holds if that is gone.
#[tokio::test]
async fn what_sqs_moved_here_is_refused_and_its_mark_is_not_passed_on() {
    let fixture = include_str!("../../../../../events/fixtures/change.proposed.v2.json");
    let body = format!(
        r#"{{"detail-type":"change.proposed.v2","source":"agent.terraform-bot","detail":{fixture}}}"#
    );
    let mut batch = batch(body);
    let message = &mut batch.records[0];
    let from = "arn:aws:sqs:us-east-1:000000000000:mine".to_owned();
    message.attributes.insert("DeadLetterQueueSourceArn".to_owned(), from);
    let mut mark = SqsMessageAttribute::default();
    mark.data_type = Some("String".to_owned());
    mark.string_value = Some("q#1".to_owned());
    message.message_attributes.insert("dlq.redrive".to_owned(), mark);
    let sent = mock!(Client::send_message)
        .match_requests(|request| {
            let said = request.message_attributes().unwrap();
            said["dlq.error_type"].string_value() == Some("message_moved")
                && !said.contains_key("dlq.redrive")
        })
        .then_output(|| SendMessageOutput::builder().build());
    let sqs = mock_client!(aws_sdk_sqs, RuleMode::MatchAny, [&sent]);
    let handler = async |_| -> Result<Once, Handled> { panic!("handled") };
    let consumer = consumer(sqs, Origins::unchecked());
    let response = consumer.run(batch, Duration::from_secs(60), handler).await;
    assert_eq!((response.batch_item_failures.len(), sent.num_calls()), (0, 1));
}
