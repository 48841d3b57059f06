//! An SQS batch of events.

use std::time::Duration;

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use headgate_batch::{Outcome, Poison, Record, Runner, attribute};
use headgate_events::latest::{MessageRedriven, RedriveOutcome};
use headgate_events::{Delivery, Fact, split_version};
use headgate_runtime::telemetry::chain;
use tracing::Instrument as _;

use crate::emit::Emit;
use crate::flow::{Flow, Once};
use crate::redrive::Mark;

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
    /// Somebody else is at it: worth another try, but not before then.
    Busy(Duration),
    /// Never.
    Poison(Refusal),
}

impl<E: std::error::Error + Send + Sync + 'static> From<E> for Handled {
    fn from(error: E) -> Self {
        Self::Retry(Box::new(error))
    }
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

    /// What the batch runner is told; `kind` is the type of the event, where it is one.
    #[must_use]
    pub fn outcome(self, kind: Option<&str>) -> Outcome {
        match self {
            Self::Retry(error) => Outcome::retry(chain(&*error)),
            Self::Busy(after) => {
                Outcome::Retry { after: Some(after), reason: "claimed by another".to_owned() }
            }
            Self::Poison(Refusal { code, reason }) => poison(code, reason, kind),
        }
    }
}

fn poison(code: &str, reason: String, kind: Option<&str>) -> Outcome {
    let (event_type, event_version) = kind.map(split_version).unzip();
    Outcome::Poison(Poison {
        code: code.to_owned(),
        reason,
        event_type: event_type.map(str::to_owned),
        event_version: event_version.flatten().map(str::to_owned),
    })
}

/// A consumer of events.
#[derive(Debug, Clone)]
pub struct Consumer {
    /// Ledger, bus, clock.
    pub flow: Flow,
    /// Its batches.
    pub runner: Runner,
}

impl Consumer {
    /// Runs `handle` for every event of a batch. What is not an event, and what the handler refuses,
    /// is poison; what fails otherwise stays in the queue.
    pub async fn run<F>(&self, batch: SqsEvent, remaining: Duration, handle: F) -> SqsBatchResponse
    where
        F: AsyncFn(Delivery) -> Result<Once, Handled>,
    {
        self.runner.run(batch, remaining, async |record| self.one(record, &handle).await).await
    }

    async fn one<F>(&self, record: &Record, handle: &F) -> Outcome
    where
        F: AsyncFn(Delivery) -> Result<Once, Handled>,
    {
        let delivery = match Delivery::parse(&record.body) {
            Ok(delivery) => delivery,
            Err(error) => return poison(error.code(), chain(&error), error.event_type()),
        };
        let fact = delivery.fact.clone();
        let span = tracing::info_span!(
            "event",
            event.id = fact.id(),
            event.r#type = fact.kind(),
            change.id = fact.subject(),
            traceparent = fact.traceparent(),
        );
        let handled = async {
            let once = handle(delivery).await?;
            self.receipt(record, &fact).await?;
            Ok::<_, Handled>(once)
        };
        match handled.instrument(span).await {
            Ok(Once::First) => Outcome::Done,
            Ok(Once::Before) => Outcome::Duplicate,
            Err(handled) => handled.outcome(Some(fact.kind())),
        }
    }

    /// Says of a message that came out of quarantine that it is processed now. The event's id is
    /// derived, so that to say it twice is to say it once.
    async fn receipt(&self, record: &Record, fact: &Fact) -> Result<(), Handled> {
        let mark = record.attributes.get(attribute::REDRIVE).and_then(|m| Mark::parse(m));
        let Some(mark) = mark else { return Ok(()) };
        let processed = MessageRedriven {
            quarantine_id: mark.quarantine_id.clone(),
            redrive: mark.redrive,
            outcome: RedriveOutcome::Processed,
            fingerprint: None,
            run_id: None,
            run_group: None,
            reason: format!("`{}` has processed it", self.flow.function),
        };
        let emit = Emit::after(self.flow.function, (self.flow.clock)(), fact);
        let subject = (mark.quarantine_id.as_str(), mark.redrive);
        let event = emit.event(subject, "processed", processed)?;
        Ok(self.flow.bus.publish(&[event]).await?)
    }
}
