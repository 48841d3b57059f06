//! Every outcome of a record, and what happens to its message.
#![allow(clippy::unwrap_used)]

mod hanging;
mod metrics;
mod outlived;
mod resend;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent, SqsMessage};
use aws_sdk_sqs::Client;
use aws_sdk_sqs::operation::change_message_visibility_batch::{
    ChangeMessageVisibilityBatchError, ChangeMessageVisibilityBatchOutput,
};
use aws_sdk_sqs::operation::delete_message_batch::DeleteMessageBatchOutput;
use aws_sdk_sqs::operation::send_message::{SendMessageError, SendMessageOutput};
use aws_sdk_sqs::types::error::QueueDoesNotExist;
use aws_smithy_mocks::{Rule, RuleMode, mock, mock_client};
use headgate_batch::{Backoff, BatchLimits, Poison, Record, RecordOutcome, Runner, attribute};

/// More time than any batch here needs.
const MINUTE: Duration = Duration::from_secs(60);

fn message(n: usize, body: &str) -> SqsMessage {
    let mut message = SqsMessage::default();
    message.message_id = Some(format!("m-{n}"));
    message.receipt_handle = Some(format!("r-{n}"));
    message.body = Some(body.to_owned());
    message.event_source_arn = Some("arn:aws:sqs:us-east-1:000000000000:orders".to_owned());
    message.attributes.insert("ApproximateReceiveCount".into(), "2".into());
    message
}

fn batch(bodies: &[&str]) -> SqsEvent {
    let mut event = SqsEvent::default();
    event.records = bodies.iter().enumerate().map(|(n, body)| message(n, body)).collect();
    event
}

/// A batch from a FIFO queue. Each body is `group:word`.
fn fifo(bodies: &[&str]) -> SqsEvent {
    let mut event = batch(bodies);
    for message in &mut event.records {
        message.event_source_arn = Some("arn:aws:sqs:us-east-1:000000000000:o.fifo".to_owned());
        let group = message.body.as_ref().unwrap().split(':').next().unwrap().to_owned();
        message.attributes.insert("MessageGroupId".into(), group);
    }
    event
}

async fn handle(record: &Record) -> RecordOutcome {
    assert_eq!(record.receive_count, 2);
    match record.body.rsplit(':').next().unwrap() {
        "retry" => RecordOutcome::retry("later"),
        "soon" => {
            RecordOutcome::Retry { after: Some(Duration::from_millis(1_500)), reason: "x".into() }
        }
        "panic" => panic!("boom"),
        "duplicate" => RecordOutcome::Duplicate,
        "slow" => {
            tokio::time::sleep(MINUTE).await;
            RecordOutcome::Done
        }
        "poison" => RecordOutcome::Poison(Poison {
            code: "bad".into(),
            reason: "x".repeat(5_000),
            event_type: None,
            event_version: Some("v9".into()),
        }),
        _ => RecordOutcome::Done,
    }
}

fn failed(response: SqsBatchResponse) -> Vec<String> {
    let mut ids: Vec<_> =
        response.batch_item_failures.into_iter().map(|f| f.item_identifier).collect();
    ids.sort();
    ids
}

/// Visibility timeouts that were set, in seconds, by receipt handle.
type Hidden = Arc<Mutex<BTreeMap<String, i32>>>;

fn visibility(hidden: &Hidden) -> Rule {
    let hidden = Arc::clone(hidden);
    mock!(Client::change_message_visibility_batch)
        .match_requests(move |r| {
            assert!(r.entries().len() <= 10);
            for entry in r.entries() {
                let seconds = entry.visibility_timeout().unwrap();
                hidden.lock().unwrap().insert(entry.receipt_handle().to_owned(), seconds);
            }
            r.queue_url().unwrap().starts_with("https://sqs.us-east-1.amazonaws.com/000000000000/o")
        })
        .then_output(|| {
            ChangeMessageVisibilityBatchOutput::builder()
                .set_successful(Some(vec![]))
                .set_failed(Some(vec![]))
                .build()
                .unwrap()
        })
}

/// Sets how often every message of a batch was received.
fn received(mut event: SqsEvent, times: u32) -> SqsEvent {
    for message in &mut event.records {
        message.attributes.insert("ApproximateReceiveCount".into(), times.to_string());
    }
    event
}

/// Receipt handles of the messages that were deleted before the response.
type Deleted = Arc<Mutex<Vec<String>>>;

fn deletion(deleted: &Deleted) -> Rule {
    let deleted = Arc::clone(deleted);
    mock!(Client::delete_message_batch).then_compute_output(move |r| {
        let handles = r.entries().iter().map(|entry| entry.receipt_handle().to_owned());
        deleted.lock().unwrap().extend(handles);
        let answer = DeleteMessageBatchOutput::builder();
        answer.set_successful(Some(Vec::new())).set_failed(Some(Vec::new())).build().unwrap()
    })
}

fn runner(rules: &[&Rule]) -> Runner {
    let client = mock_client!(aws_sdk_sqs, RuleMode::MatchAny, rules);
    let backoff = Backoff { base: Duration::from_secs(10), cap: Duration::from_secs(40) };
    let limits = BatchLimits { backoff, ..BatchLimits::default() };
    Runner::new(client, "intake", "0.1.0").dead_letters("https://dlq").limits(limits)
}

#[tokio::test]
async fn neighbours_of_a_bad_record_succeed() {
    let sent = mock!(Client::send_message)
        .match_requests(|r| {
            let attributes = r.message_attributes().unwrap();
            let text = |name: &str| attributes[name].string_value().unwrap().to_owned();
            r.message_body() == Some("poison")
                && r.queue_url() == Some("https://dlq")
                && text(attribute::ERROR_TYPE) == "bad"
                && text(attribute::REASON).len() == 1_000
                && text(attribute::CONSUMER) == "intake"
                && text(attribute::BUILD) == "0.1.0"
                && text(attribute::EVENT_VERSION) == "v9"
                && text(attribute::MESSAGE_ID) == "m-3"
                && text(attribute::ATTEMPTS) == "2"
                && !attributes.contains_key(attribute::EVENT_TYPE)
                && !attributes.contains_key(attribute::REDRIVE)
        })
        .then_output(|| SendMessageOutput::builder().build());
    let hidden = Hidden::default();
    let bodies = ["ok", "retry", "panic", "poison", "duplicate", "ok", "soon"];
    let runner = runner(&[&sent, &visibility(&hidden)]);
    let response = runner.run(batch(&bodies), MINUTE, handle).await;
    assert_eq!(failed(response), ["m-1", "m-2", "m-6"]);
    assert_eq!(sent.num_calls(), 1);
    // The backoff after the second attempt is at most 20 s. A delay set by the handler is used as it is.
    let hidden = hidden.lock().unwrap();
    assert_eq!(hidden.keys().collect::<Vec<_>>(), ["r-1", "r-2", "r-6"]);
    assert!((0..=20).contains(&hidden["r-1"]) && (0..=20).contains(&hidden["r-2"]));
    assert_eq!(hidden["r-6"], 2);
}

#[tokio::test]
async fn a_redriven_message_keeps_its_mark_when_it_comes_back() {
    let sent = mock!(Client::send_message)
        .match_requests(|r| {
            let attributes = r.message_attributes().unwrap();
            attributes.len() <= 10 && attributes[attribute::REDRIVE].string_value() == Some("q#2")
        })
        .then_output(|| SendMessageOutput::builder().build());
    let mut event = batch(&["poison"]);
    let mut mark = aws_lambda_events::event::sqs::SqsMessageAttribute::default();
    mark.string_value = Some("q#2".to_owned());
    event.records[0].message_attributes.insert(attribute::REDRIVE.to_owned(), mark);
    assert!(failed(runner(&[&sent]).run(event, MINUTE, handle).await).is_empty());
    assert_eq!(sent.num_calls(), 1);
}

#[tokio::test]
async fn poison_is_kept_until_it_is_in_the_dead_letter_queue() {
    let refused = mock!(Client::send_message)
        .then_error(|| SendMessageError::QueueDoesNotExist(QueueDoesNotExist::builder().build()));
    let hidden = Hidden::default();
    let runner = runner(&[&refused, &visibility(&hidden)]);
    let response = runner.run(batch(&["poison", "ok"]), MINUTE, handle).await;
    assert_eq!(failed(response), ["m-0"]);
}

#[tokio::test]
async fn a_batch_in_which_all_fails_is_answered_like_any_other() {
    // This also holds if the visibility timeouts cannot be set.
    let refused = mock!(Client::change_message_visibility_batch).then_error(|| {
        ChangeMessageVisibilityBatchError::QueueDoesNotExist(QueueDoesNotExist::builder().build())
    });
    let bodies = ["retry"; 25];
    let response = runner(&[&refused]).run(batch(&bodies), MINUTE, handle).await;
    assert_eq!(failed(response).len(), 25);
    assert_eq!(refused.num_calls(), 3);
}

#[tokio::test]
async fn an_empty_batch_is_no_failure() {
    assert!(failed(runner(&[]).run(SqsEvent::default(), MINUTE, handle).await).is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_finished_in_time_is_cut_off_or_not_begun() {
    let hidden = Hidden::default();
    // Five run at a time. All five are slow, and after they are cancelled no other record is started.
    let bodies = ["slow", "slow", "slow", "slow", "slow", "ok", "ok"];
    let begun = tokio::time::Instant::now();
    let runner = runner(&[&visibility(&hidden)]);
    let response = runner.run(batch(&bodies), Duration::from_secs(20), handle).await;
    assert_eq!(failed(response), ["m-0", "m-1", "m-2", "m-3", "m-4", "m-5", "m-6"]);
    // The margin is left for the response.
    assert!(begun.elapsed() >= Duration::from_secs(18));
    assert!(begun.elapsed() < Duration::from_secs(20));
    let hidden = hidden.lock().unwrap();
    // Back soon, but not at once: every receive counts.
    assert!(hidden["r-5"] <= 20 && hidden["r-6"] <= 20, "{hidden:?}");
    assert!((5..=10).contains(&hidden["r-0"]), "{hidden:?}");
}

#[tokio::test(start_paused = true)]
async fn with_too_little_time_nothing_is_begun() {
    let hidden = Hidden::default();
    let runner = runner(&[&visibility(&hidden)]);
    let none = async |_: &Record| -> RecordOutcome { panic!("begun") };
    let response = runner.run(batch(&["ok", "ok"]), Duration::from_secs(6), none).await;
    assert_eq!(failed(response), ["m-0", "m-1"]);
    assert!(hidden.lock().unwrap().values().all(|s| *s <= 20));
}

/// Time may be short because a service hangs: a message that comes back again and again waits as long as in an outage.
#[tokio::test(start_paused = true)]
async fn what_is_not_begun_again_and_again_comes_back_later() {
    let hour = Duration::from_secs(3_600);
    for (receives, seconds) in [(1, 0..=10), (2, 0..=20), (3, 7_200..=14_400), (4, 14_400..=28_800)]
    {
        let hidden = Hidden::default();
        let client = mock_client!(aws_sdk_sqs, RuleMode::MatchAny, [&visibility(&hidden)]);
        let limits = BatchLimits {
            backoff: Backoff { base: Duration::from_secs(10), cap: hour },
            outage: Backoff { base: hour, cap: 12 * hour },
            ..BatchLimits::default()
        };
        let runner = Runner::new(client, "intake", "0.1.0").limits(limits);
        let event = received(batch(&["ok"]), receives);
        let response = runner.run(event, Duration::from_secs(6), handle).await;
        assert_eq!(failed(response), ["m-0"]);
        assert!(seconds.contains(&hidden.lock().unwrap()["r-0"]), "{receives}: {hidden:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn with_just_enough_time_a_record_is_begun() {
    // Five seconds for it and two for the response.
    let response = runner(&[]).run(batch(&["ok"]), Duration::from_secs(7), handle).await;
    assert!(failed(response).is_empty());
}

#[tokio::test]
async fn a_fifo_group_stops_at_its_first_failure_and_the_others_go_on() {
    let sent = mock!(Client::send_message).then_output(|| SendMessageOutput::builder().build());
    let hidden = Hidden::default();
    let seen = Mutex::new(Vec::new());
    let bodies = ["a:1", "b:1", "a:retry", "b:2", "a:3", "c:poison", "c:2", "b:panic", "b:4"];
    let watched = async |record: &Record| {
        seen.lock().unwrap().push(record.body.clone());
        handle(record).await
    };
    let runner = runner(&[&sent, &visibility(&hidden)]);
    let response = runner.run(fifo(&bodies), MINUTE, watched).await;
    assert_eq!(failed(response), ["m-2", "m-4", "m-7", "m-8"]);
    let seen = seen.lock().unwrap();
    let of =
        |group: &str| seen.iter().filter(|b| b.starts_with(group)).cloned().collect::<Vec<_>>();
    assert_eq!(of("a"), ["a:1", "a:retry"]);
    assert_eq!(of("b"), ["b:1", "b:2", "b:panic"]);
    // Poison is acknowledged, so its group continues.
    assert_eq!(of("c"), ["c:poison", "c:2"]);
    // The rest of a group is handed back; SQS delivers the failed record first.
    let hidden = hidden.lock().unwrap();
    assert!(hidden.contains_key("r-4") && hidden.contains_key("r-8"));
}
