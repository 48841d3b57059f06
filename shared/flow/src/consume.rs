//! An SQS batch of events.

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use headgate_batch::{DeadLetterQueue, Outcome, Poison, Record, run};
use headgate_events::Delivery;
use headgate_runtime::telemetry::chain;
use tracing::Instrument as _;

/// An error that no further try can heal: the message goes to quarantine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Stable code.
    pub code: &'static str,
    /// The reason, without any of the body.
    pub reason: String,
}

/// How a handler ends when it does not succeed.
#[derive(Debug)]
pub enum Handled {
    /// Worth another try.
    Retry(Box<dyn std::error::Error + Send + Sync>),
    /// Never.
    Poison(Refusal),
}

impl<E: std::error::Error + Send + Sync + 'static> From<E> for Handled {
    fn from(error: E) -> Self {
        Self::Retry(Box::new(error))
    }
}

/// Runs `handle` for every event of a batch. What is not an event, and what the handler refuses, is
/// poison; what fails otherwise stays in the queue.
pub async fn consume<F>(
    batch: SqsEvent,
    dead_letters: &DeadLetterQueue,
    handle: F,
) -> SqsBatchResponse
where
    F: AsyncFn(Delivery) -> Result<(), Handled>,
{
    run(batch, Some(dead_letters), async |record: &Record| {
        let delivery = match Delivery::parse(&record.body) {
            Ok(delivery) => delivery,
            Err(error) => {
                return Outcome::Poison(Poison {
                    code: error.code().to_owned(),
                    reason: chain(&error),
                    event_type: error.event_type().map(str::to_owned),
                });
            }
        };
        let fact = &delivery.fact;
        let kind = fact.kind().to_owned();
        let span = tracing::info_span!(
            "event",
            event.id = fact.id(),
            event.r#type = kind,
            change.id = fact.subject(),
            traceparent = fact.traceparent(),
        );
        match handle(delivery).instrument(span).await {
            Ok(()) => Outcome::Done,
            Err(Handled::Retry(error)) => Outcome::Retry { reason: chain(&*error) },
            Err(Handled::Poison(Refusal { code, reason })) => {
                Outcome::Poison(Poison { code: code.to_owned(), reason, event_type: Some(kind) })
            }
        }
    })
    .await
}

impl Handled {
    /// A refusal.
    pub fn poison(code: &'static str, reason: impl Into<String>) -> Self {
        Self::Poison(Refusal { code, reason: reason.into() })
    }

    /// For a kind of event that no rule should send here.
    #[must_use]
    pub fn unexpected(kind: &str) -> Self {
        Self::poison("event_unexpected", format!("this consumer does not take `{kind}`"))
    }
}
