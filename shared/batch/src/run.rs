//! The batch itself.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;

use aws_lambda_events::event::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};
use futures::{FutureExt as _, StreamExt as _};

use crate::dead_letter::DeadLetterQueue;

/// Records of one batch that are worked on at the same time.
const CONCURRENCY: usize = 5;

/// One message of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Id that SQS gave it.
    pub message_id: String,
    /// Its body.
    pub body: String,
    /// How often it was received, this time included.
    pub receive_count: u32,
    /// ARN of the queue it came from.
    pub queue_arn: String,
    /// String values of its message attributes.
    pub attributes: BTreeMap<String, String>,
    /// When it was first received, in milliseconds since 1970; 0 if unknown.
    pub first_received_ms: i64,
}

/// What became of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Processed, now or before.
    Done,
    /// Not processed; worth another try.
    Retry {
        /// Why, with the whole chain of errors.
        reason: String,
    },
    /// Can never be processed.
    Poison(Poison),
}

/// Why a record can never be processed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poison {
    /// Stable code of the error.
    pub code: String,
    /// The reason, in words, without any of the body.
    pub reason: String,
    /// The event type, as far as it could be read.
    pub event_type: Option<String>,
}

/// Runs every record of a batch and says which of them SQS must keep.
///
/// Answers only with [`SqsBatchResponse`], never with an error: a batch in which everything failed is
/// answered like any other, with every id in it.
pub async fn run<F>(
    batch: SqsEvent,
    dead_letters: Option<&DeadLetterQueue>,
    handler: F,
) -> SqsBatchResponse
where
    F: AsyncFn(&Record) -> Outcome,
{
    let handler = &handler;
    let failures: Vec<Option<String>> = futures::stream::iter(batch.records)
        .map(|message| async move {
            let record = record(message);
            one(&record, dead_letters, handler).await.err().map(|()| record.message_id)
        })
        .buffer_unordered(CONCURRENCY)
        .collect()
        .await;
    let mut response = SqsBatchResponse::default();
    for item_identifier in failures.into_iter().flatten() {
        let mut failure = BatchItemFailure::default();
        failure.item_identifier = item_identifier;
        response.batch_item_failures.push(failure);
    }
    response
}

/// `Err` means that the message must stay in the queue.
async fn one<F>(
    record: &Record,
    dead_letters: Option<&DeadLetterQueue>,
    handler: &F,
) -> Result<(), ()>
where
    F: AsyncFn(&Record) -> Outcome,
{
    let id = &record.message_id;
    let outcome = AssertUnwindSafe(handler(record)).catch_unwind().await.unwrap_or_else(|panic| {
        Outcome::Retry { reason: format!("panic: {}", panic_message(&*panic)) }
    });
    match outcome {
        Outcome::Done => Ok(()),
        Outcome::Retry { reason } => {
            let attempt = record.receive_count;
            tracing::warn!(message.id = id, message.attempt = attempt, reason, "to be retried");
            Err(())
        }
        Outcome::Poison(poison) => {
            let Poison { code, reason, .. } = &poison;
            tracing::error!(message.id = id, error.r#type = code, reason, "poison");
            let Some(queue) = dead_letters else { return Err(()) };
            queue.send(record, &poison).await.map_err(|error| {
                tracing::error!(message.id = id, error = ?error, "dead letter not sent; kept");
            })
        }
    }
}

fn panic_message(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("of unknown kind")
}

fn record(message: SqsMessage) -> Record {
    let number = |name: &str| message.attributes.get(name).and_then(|v| v.parse::<i64>().ok());
    let receive_count = number("ApproximateReceiveCount").unwrap_or(1);
    let first_received_ms = number("ApproximateFirstReceiveTimestamp").unwrap_or_default();
    Record {
        message_id: message.message_id.unwrap_or_default(),
        body: message.body.unwrap_or_default(),
        receive_count: u32::try_from(receive_count).unwrap_or(1),
        queue_arn: message.event_source_arn.unwrap_or_default(),
        attributes: message
            .message_attributes
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.string_value?)))
            .collect(),
        first_received_ms,
    }
}
