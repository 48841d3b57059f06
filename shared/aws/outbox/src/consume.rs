//! Runs SQS batches of events.

use std::time::Duration;

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use headgate_batch::{Record, RecordOutcome, Runner, attribute};
use headgate_events::latest::{MessageRedriven, RedriveOutcome};
use headgate_events::{Delivery, Fact, Newer, ParseError};
use headgate_ledger::{Key, Transition};
use headgate_runtime::telemetry::chain;
use tracing::Instrument as _;

use crate::emit::Emit;
use crate::flow::{Flow, Once};
use crate::handled::{Handled, poison};
use crate::origins::Origins;
use crate::redrive::Mark;

/// A consumer of events.
#[derive(Debug, Clone)]
pub struct Consumer {
    /// Ledger, bus and clock of the consumer.
    pub flow: Flow,
    /// Runs the consumer's batches.
    pub runner: Runner,
    /// Where events of the fleet are looked up before they are processed.
    pub origins: Origins,
}

impl Consumer {
    /// The same consumer, which leaves it to its handler which senders outside the fleet it accepts.
    #[must_use]
    pub fn and_others(self) -> Self {
        Self { origins: self.origins.and_others(), ..self }
    }

    /// Runs `handle` for every event of a batch. A message is poison if it is not an event or if the handler
    /// refuses it. After any other error the message stays in the queue.
    pub async fn run<F>(&self, batch: SqsEvent, remaining: Duration, handle: F) -> SqsBatchResponse
    where
        F: AsyncFn(Delivery) -> Result<Once, Handled>,
    {
        self.runner.run(batch, remaining, async |record| self.one(record, &handle).await).await
    }

    pub(crate) async fn one<F>(&self, record: &Record, handle: &F) -> RecordOutcome
    where
        F: AsyncFn(Delivery) -> Result<Once, Handled>,
    {
        if let Some(queue) = &record.moved_from {
            let reason = format!("SQS moved it here from {queue}, so nobody knows who sent it");
            return poison("message_moved", reason, None);
        }
        let delivery = match Delivery::parse(&record.body) {
            Ok(delivery) => delivery,
            Err(error @ ParseError::NewerVersion { .. }) => {
                return self.newer(record, &error).await;
            }
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
            self.origins.check(&delivery).await?;
            let once = handle(delivery).await?;
            self.receipt(record, &fact).await?;
            Ok::<_, Handled>(once)
        };
        match handled.instrument(span).await {
            Ok(Once::Processed) => RecordOutcome::Done,
            Ok(Once::AlreadyProcessed) => RecordOutcome::Duplicate,
            Err(handled) => handled.outcome(Some(fact.kind())),
        }
    }

    /// The outcome of an event of a later version: it waits for a build that knows it, if the fleet has published it.
    async fn newer(&self, record: &Record, error: &ParseError) -> RecordOutcome {
        let Some(newer) = Newer::parse(&record.body) else {
            return poison(error.code(), chain(error), error.event_type());
        };
        match self.origins.check_newer(&newer).await {
            Ok(()) => RecordOutcome::Unavailable { reason: chain(error) },
            Err(handled) => handled.outcome(error.event_type()),
        }
    }

    /// The outcome of an event that is processed already.
    pub(crate) async fn done(&self, record: &Record, fact: &Fact, once: Once) -> RecordOutcome {
        match (self.receipt(record, fact).await, once) {
            (Ok(()), Once::Processed) => RecordOutcome::Done,
            (Ok(()), Once::AlreadyProcessed) => RecordOutcome::Duplicate,
            (Err(handled), _) => handled.outcome(Some(fact.kind())),
        }
    }

    /// Publishes that a message from quarantine is processed, once.
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
            reason: format!("`{}` processed the message", self.flow.function),
        };
        let emit = Emit::after(self.flow.function, (self.flow.clock)(), fact);
        let subject = (mark.quarantine_id.as_str(), mark.redrive);
        // Also by cause and message: somebody could mark another message as this redrive, and its receipt must not stand for the real one.
        let name = format!("processed {} {}", fact.id(), record.message_id);
        let event = emit.event(subject, &name, processed)?;
        let marker = Key::marker(self.flow.function.as_str(), &event.id);
        let receipt = Transition::new().publishing(event).marked(marker, (self.flow.clock)());
        self.flow.apply(&receipt).await?;
        Ok(())
    }
}
