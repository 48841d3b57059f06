//! Hours of an outage, with a queue that behaves as SQS documents: visibility timeouts, receive counts, a dead-letter queue after
//! `maxReceiveCount`. Time is virtual.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_lambda_events::event::sqs::{SqsEvent, SqsMessage};
use aws_sdk_sqs::Client;
use aws_sdk_sqs::operation::change_message_visibility_batch::ChangeMessageVisibilityBatchOutput;
use aws_sdk_sqs::operation::delete_message_batch::DeleteMessageBatchOutput;
use aws_sdk_sqs::operation::send_message::SendMessageOutput;
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use headgate_batch::{Record, RecordOutcome, Runner};

/// What Terraform sets for each consumer.
const MAX_RECEIVE_COUNT: u32 = 200;
const TIMEOUT: Duration = Duration::from_secs(30);
const VISIBILITY: Duration = Duration::from_secs(180);
/// Longest time of one call of the AWS SDK, with its retries (`shared/platform/runtime/src/aws.rs`).
const CALL: Duration = Duration::from_secs(15);
/// Batches that one consumer runs at the same time.
const WORKERS: usize = 5;

/// How the service fails.
#[derive(Clone, Copy, Debug)]
enum Outage {
    /// Each call is refused at once.
    Refuses,
    /// Each call hangs until the SDK gives up.
    Hangs,
    /// Each handler needs seven calls of four seconds: more than the invocation has.
    Crawls,
}

#[derive(Default)]
struct Queue {
    /// Messages that are not deleted: visible from, and receives.
    messages: BTreeMap<String, (Duration, u32)>,
    dead: Vec<String>,
    poison: Vec<String>,
    hidden: BTreeMap<String, Duration>,
    deleted: Vec<String>,
}

type Shared = Arc<Mutex<Queue>>;

impl Queue {
    /// Receives up to ten visible messages at `now`.
    fn receive(&mut self, now: Duration) -> Vec<(String, u32)> {
        let visible: Vec<_> = self
            .messages
            .iter()
            .filter(|(_, (at, _))| *at <= now)
            .map(|(id, _)| id.clone())
            .collect();
        let mut batch = Vec::new();
        for id in visible.into_iter().take(10) {
            let (at, receives) = self.messages.get_mut(&id).unwrap();
            if *receives == MAX_RECEIVE_COUNT {
                self.messages.remove(&id);
                self.dead.push(id);
                continue;
            }
            *receives += 1;
            *at = now + VISIBILITY;
            batch.push((id, *receives));
        }
        batch
    }
}

fn runner(queue: &Shared) -> Runner {
    let this = Arc::clone(queue);
    let hide = mock!(Client::change_message_visibility_batch).then_compute_output(move |r| {
        for entry in r.entries() {
            let seconds = u64::try_from(entry.visibility_timeout().unwrap()).unwrap();
            let id = entry.receipt_handle().to_owned();
            this.lock().unwrap().hidden.insert(id, Duration::from_secs(seconds));
        }
        ChangeMessageVisibilityBatchOutput::builder()
            .set_successful(Some(vec![]))
            .set_failed(Some(vec![]))
            .build()
            .unwrap()
    });
    let this = Arc::clone(queue);
    let delete = mock!(Client::delete_message_batch).then_compute_output(move |r| {
        let handles = r.entries().iter().map(|entry| entry.receipt_handle().to_owned());
        this.lock().unwrap().deleted.extend(handles);
        let answer = DeleteMessageBatchOutput::builder();
        answer.set_successful(Some(Vec::new())).set_failed(Some(Vec::new())).build().unwrap()
    });
    let this = Arc::clone(queue);
    let send = mock!(Client::send_message).then_compute_output(move |r| {
        this.lock().unwrap().poison.push(r.message_body().unwrap().to_owned());
        SendMessageOutput::builder().build()
    });
    let client = mock_client!(aws_sdk_sqs, RuleMode::MatchAny, [&hide, &delete, &send]);
    Runner::new(client, "intake", "b1").dead_letters("https://dlq")
}

fn event(batch: &[(String, u32)]) -> SqsEvent {
    let mut event = SqsEvent::default();
    event.records = batch
        .iter()
        .map(|(id, receives)| {
            let mut message = SqsMessage::default();
            message.message_id = Some(id.clone());
            message.receipt_handle = Some(id.clone());
            message.body = Some(id.clone());
            message.event_source_arn = Some("arn:aws:sqs:us-east-1:000000000000:intake".to_owned());
            message.attributes.insert("ApproximateReceiveCount".into(), receives.to_string());
            message
        })
        .collect();
    event
}

/// Runs a consumer with `messages` messages through `hours` of an outage and up to a day after it. Returns the queue.
async fn outlive(outage: Outage, messages: usize, hours: u64) -> Queue {
    let queue = Shared::default();
    for n in 0..messages {
        queue.lock().unwrap().messages.insert(format!("m-{n:04}"), (Duration::ZERO, 0));
    }
    // One message is at fault, whatever happens around it.
    queue.lock().unwrap().messages.insert("panics".to_owned(), (Duration::ZERO, 0));
    let runner = runner(&queue);
    let begun = tokio::time::Instant::now();
    let over = Duration::from_secs(3600 * hours);
    let handler = async |record: &Record| {
        let down = begun.elapsed() < over;
        match (down, outage) {
            (true, Outage::Refuses) => {}
            (true, Outage::Hangs) => tokio::time::sleep(CALL).await,
            (true, Outage::Crawls) => tokio::time::sleep(Duration::from_secs(28)).await,
            (false, _) => {
                assert!(record.body != "panics", "boom");
                return RecordOutcome::Done;
            }
        }
        RecordOutcome::Unavailable { reason: "503".into() }
    };
    while !queue.lock().unwrap().messages.is_empty() {
        let now = begun.elapsed();
        assert!(now < over + Duration::from_secs(24 * 3600), "not all messages got done");
        let batches: Vec<_> = (0..WORKERS)
            .map(|_| queue.lock().unwrap().receive(now))
            .filter(|batch| !batch.is_empty())
            .collect();
        let runs = batches.iter().map(async |batch| {
            let failed = runner.run(event(batch), TIMEOUT, handler).await.batch_item_failures;
            let mut queue = queue.lock().unwrap();
            for (id, _) in batch {
                let kept = failed.iter().any(|f| f.item_identifier == *id);
                if !kept || queue.deleted.contains(id) {
                    queue.messages.remove(id);
                } else if let Some(delay) = queue.hidden.remove(id) {
                    queue.messages.get_mut(id).unwrap().0 = begun.elapsed() + delay;
                }
            }
        });
        futures::future::join_all(runs).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    std::mem::take(&mut *queue.lock().unwrap())
}

async fn checked(outage: Outage, messages: usize, hours: u64) {
    let queue = outlive(outage, messages, hours).await;
    assert_eq!(queue.dead, [""; 0], "{outage:?}: SQS gave up");
    assert_eq!(queue.poison, ["panics"], "{outage:?}: innocent messages are poison");
}

#[tokio::test(start_paused = true)]
async fn two_hours_of_an_outage_make_only_the_guilty_message_a_dead_letter() {
    for outage in [Outage::Refuses, Outage::Hangs, Outage::Crawls] {
        checked(outage, 100, 2).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_day_of_an_outage_is_outlived() {
    for outage in [Outage::Refuses, Outage::Hangs, Outage::Crawls] {
        checked(outage, 60, 24).await;
    }
}
