//! Runs a batch.

use std::any::Any;
use std::io::Write as _;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lambda_events::event::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent};
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{
    ChangeMessageVisibilityBatchRequestEntry, DeleteMessageBatchRequestEntry,
};
use futures::{FutureExt as _, StreamExt as _, stream};
use headgate_failpoint::reach;
use tokio::time::{Instant, timeout_at};

use crate::dead_letter;
use crate::limits::{BatchLimits, visibility};
use crate::outcome::{Poison, RecordOutcome};
use crate::record::{Record, lanes, queue_url};
use crate::tally::{Fate, emf};

/// Code of a message that failed by itself as often as [`BatchLimits::attempts`].
pub const RETRIES_EXHAUSTED: &str = "retries_exhausted";

/// Calls to SQS at the same time, each for up to ten messages.
const CALLS: usize = 8;

/// Runs the batches of one consumer.
#[derive(Debug, Clone)]
pub struct Runner {
    client: Client,
    consumer: String,
    build: String,
    namespace: String,
    dead_letters: Option<String>,
    limits: BatchLimits,
}

impl Runner {
    /// Creates the runner of `consumer` in build `build`. Dead letters and metrics carry both names.
    #[must_use]
    pub fn new(client: Client, consumer: impl Into<String>, build: impl Into<String>) -> Self {
        Self {
            client,
            consumer: consumer.into(),
            build: build.into(),
            namespace: "Batch".to_owned(),
            dead_letters: None,
            limits: BatchLimits::default(),
        }
    }

    /// Sends poison messages to the queue at this URL. Without a URL, a poison message stays in its queue
    /// until it reaches `maxReceiveCount`.
    #[must_use]
    pub fn dead_letters(mut self, url: impl Into<String>) -> Self {
        self.dead_letters = Some(url.into());
        self
    }

    /// Sets the limits.
    #[must_use]
    pub fn limits(mut self, limits: BatchLimits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets the namespace of the metrics; the default is `Batch`.
    #[must_use]
    pub fn namespace(mut self, namespace: impl Into<String>) -> Self {
        self.namespace = namespace.into();
        self
    }

    /// Runs every record of a batch and returns the ids of those that SQS must deliver again. `remaining`
    /// is the time left of the invocation.
    ///
    /// This never fails: if every record fails, the [`SqsBatchResponse`] contains every id.
    pub async fn run<F>(&self, batch: SqsEvent, remaining: Duration, handler: F) -> SqsBatchResponse
    where
        F: AsyncFn(&Record) -> RecordOutcome,
    {
        self.run_known(batch, remaining, |_| false, handler).await
    }

    /// The same, with records that are known to be harmless, because the work on them is done: they are not processed alone.
    pub async fn run_known<F>(
        &self,
        batch: SqsEvent,
        remaining: Duration,
        harmless: impl Fn(&Record) -> bool,
        handler: F,
    ) -> SqsBatchResponse
    where
        F: AsyncFn(&Record) -> RecordOutcome,
    {
        let end = Instant::now() + remaining.saturating_sub(self.limits.margin);
        let handler = &handler;
        let alone = |lane: &Vec<Record>| {
            lane.iter().any(|record| self.suspects(record) && !harmless(record))
        };
        let (suspects, others): (Vec<_>, Vec<_>) =
            lanes(batch.records).into_iter().partition(alone);
        let mut settled: Vec<(Record, Fate)> = stream::iter(others)
            .map(|lane| self.lane(lane, end, false, handler).boxed_local())
            .buffer_unordered(self.limits.concurrency.max(1))
            .flat_map(stream::iter)
            .collect()
            .await;
        if !suspects.is_empty() {
            self.acknowledge(&settled, end).await;
        }
        for lane in shuffled(suspects) {
            settled.extend(self.lane(lane, end, true, handler).boxed_local().await);
        }
        let kept: Vec<_> =
            settled.iter().filter_map(|(r, fate)| fate.kept().map(|delay| (r, delay))).collect();
        self.hide(&kept, end + self.limits.margin * 9 / 10).await;
        self.count(&settled);
        let mut response = SqsBatchResponse::default();
        for (record, _) in kept {
            let mut failure = BatchItemFailure::default();
            failure.item_identifier.clone_from(&record.message_id);
            response.batch_item_failures.push(failure);
        }
        response
    }

    /// Runs the records of a lane in order. After the first record that is kept, the rest are handed back. `at_once` says whether each that is
    /// done is deleted at once.
    async fn lane<F>(
        &self,
        lane: Vec<Record>,
        end: Instant,
        at_once: bool,
        handler: &F,
    ) -> Vec<(Record, Fate)>
    where
        F: AsyncFn(&Record) -> RecordOutcome,
    {
        let mut settled = Vec::with_capacity(lane.len());
        let mut stopped = false;
        for record in lane {
            let too_late = Instant::now() + self.limits.record_budget > end;
            let fate = if stopped || too_late {
                Fate::HandedBack(self.hand_back(record.receive_count))
            } else {
                self.one(&record, end, handler).await
            };
            stopped |= fate.kept().is_some();
            settled.push((record, fate));
            if at_once && let Some(last) = settled.last_chunk::<1>() {
                self.acknowledge(last, end).await;
            }
        }
        settled
    }

    /// How long to hide a record that was not started. Not zero: every receive counts, and time may be short because a service
    /// hangs. If it is short again and again, as long as in an outage.
    fn hand_back(&self, receives: u32) -> Duration {
        if receives < self.limits.suspect {
            self.limits.backoff.delay(receives, fastrand::f64())
        } else {
            self.limits.outage.long_delay(receives, fastrand::f64())
        }
    }

    /// Whether a record has been received so often that it may be what ended earlier invocations. Process it alone.
    #[must_use]
    pub fn suspects(&self, record: &Record) -> bool {
        record.receive_count >= self.limits.suspect
    }

    /// Deletes what is done from the queue at once: the response would be lost if a later record ended the
    /// process. If that fails, the response acknowledges it.
    async fn acknowledge(&self, settled: &[(Record, Fate)], end: Instant) {
        let done: Vec<_> = settled.iter().filter(|(_, fate)| fate.kept().is_none()).collect();
        let Some(url) = done.first().and_then(|(r, _)| queue_url(&r.queue_arn)) else { return };
        let entry = |(n, (record, _)): (usize, &&(Record, Fate))| {
            let entry = DeleteMessageBatchRequestEntry::builder().id(n.to_string());
            entry.receipt_handle(&record.receipt_handle).build().ok()
        };
        let delete = async |ten: &[&(Record, Fate)]| {
            let entries = ten.iter().enumerate().filter_map(entry).collect();
            let request = self.client.delete_message_batch().queue_url(&url);
            match timeout_at(end, request.set_entries(Some(entries)).send()).await {
                Ok(Ok(answer)) => {
                    for failed in answer.failed() {
                        tracing::warn!(error.code = failed.code(), "not deleted at once");
                    }
                }
                Ok(Err(error)) => tracing::warn!(?error, "not deleted at once"),
                Err(_) => tracing::warn!("no time left to delete at once"),
            }
        };
        let () = stream::iter(done.chunks(10)).map(delete).buffer_unordered(CALLS).collect().await;
    }

    async fn one<F>(&self, record: &Record, end: Instant, handler: &F) -> Fate
    where
        F: AsyncFn(&Record) -> RecordOutcome,
    {
        reach!("batch.received");
        let id = &record.message_id;
        let attempt = record.receive_count;
        let backoff = || self.limits.backoff.delay(attempt, fastrand::f64());
        let guarded = AssertUnwindSafe(handler(record)).catch_unwind();
        let outcome = match timeout_at(end, guarded).await {
            Err(_) => {
                // A service that hangs looks like a message that takes for ever, so this never makes it poison.
                tracing::warn!(message.id = id, message.attempt = attempt, "handler timed out");
                return Fate::TimedOut(self.limits.outage.long_delay(attempt, fastrand::f64()));
            }
            Ok(Err(panic)) => {
                let reason = panic_message(&*panic);
                tracing::error!(message.id = id, message.attempt = attempt, reason, "panic");
                let why = format!("panic: {reason}");
                return self.failed(record, end, &why, Fate::Panic(backoff())).await;
            }
            Ok(Ok(outcome)) => outcome,
        };
        reach!("batch.handled");
        match outcome {
            RecordOutcome::Done => Fate::Done,
            RecordOutcome::Duplicate => Fate::Duplicate,
            RecordOutcome::Retry { after, reason } => {
                tracing::warn!(message.id = id, message.attempt = attempt, reason, "retried later");
                match after {
                    Some(after) => Fate::Retry(after),
                    None => self.failed(record, end, &reason, Fate::Retry(backoff())).await,
                }
            }
            RecordOutcome::Unavailable { reason } => {
                tracing::warn!(message.id = id, message.attempt = attempt, reason, "unavailable");
                Fate::Unavailable(self.limits.outage.long_delay(attempt, fastrand::f64()))
            }
            RecordOutcome::Poison(poison) => self.poison_by(record, &poison, end).await,
        }
    }

    /// A message that has failed by itself: `fate`, or poison if it has failed too often.
    async fn failed(&self, record: &Record, end: Instant, why: &str, fate: Fate) -> Fate {
        if record.receive_count < self.limits.attempts || self.dead_letters.is_none() {
            return fate;
        }
        let poison = Poison {
            code: RETRIES_EXHAUSTED.to_owned(),
            reason: format!("received {} times, and failed at last: {why}", record.receive_count),
            ..Poison::default()
        };
        self.poison_by(record, &poison, end).await
    }

    async fn poison_by(&self, record: &Record, poison: &Poison, end: Instant) -> Fate {
        // After a timeout the dead letter may still be sent; the retry then sends it a second time.
        let again = self.limits.backoff.delay(record.receive_count, fastrand::f64());
        timeout_at(end + self.limits.margin / 2, self.poison(record, poison))
            .await
            .unwrap_or(Fate::TimedOut(again))
    }

    /// Sends a poison message to the dead-letter queue. The message is acknowledged only after that succeeds.
    async fn poison(&self, record: &Record, poison: &Poison) -> Fate {
        let Poison { code, reason, .. } = poison;
        let id = &record.message_id;
        tracing::error!(message.id = id, error.r#type = code, reason, "poison");
        let again = Fate::Retry(self.limits.backoff.delay(record.receive_count, fastrand::f64()));
        let Some(url) = &self.dead_letters else { return again };
        let from = (self.consumer.as_str(), self.build.as_str());
        match dead_letter::send(&self.client, url, from, record, poison).await {
            Ok(()) => {
                reach!("batch.dead_lettered");
                Fate::Poison
            }
            Err(error) => {
                tracing::error!(message.id = id, error = ?error, "dead letter not sent; message kept");
                again
            }
        }
    }

    /// Sets the visibility timeouts of the kept messages. If that fails, the queue's own visibility timeout
    /// applies: the messages are delivered later, but none is lost.
    async fn hide(&self, kept: &[(&Record, Duration)], end: Instant) {
        let Some(url) = kept.first().and_then(|(r, _)| queue_url(&r.queue_arn)) else { return };
        let entry = |(n, (record, delay)): (usize, &(&Record, Duration))| {
            ChangeMessageVisibilityBatchRequestEntry::builder()
                .id(n.to_string())
                .receipt_handle(&record.receipt_handle)
                .visibility_timeout(visibility(*delay))
                .build()
                .ok()
        };
        let hide = async |ten: &[(&Record, Duration)]| {
            let entries = ten.iter().enumerate().filter_map(entry).collect();
            let request = self.client.change_message_visibility_batch().queue_url(&url);
            let send = request.set_entries(Some(entries)).send();
            match timeout_at(end, send).await {
                Ok(Ok(answer)) => {
                    for failed in answer.failed() {
                        let code = failed.code();
                        tracing::warn!(error.code = code, "visibility timeout not changed");
                    }
                }
                Ok(Err(error)) => tracing::warn!(?error, "visibility timeouts not changed"),
                Err(_) => tracing::warn!("no time left to change visibility timeouts"),
            }
        };
        let () = stream::iter(kept.chunks(10)).map(hide).buffer_unordered(CALLS).collect().await;
    }

    fn count(&self, settled: &[(Record, Fate)]) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let fates: Vec<_> = settled.iter().map(|(_, fate)| *fate).collect();
        let line = emf((&self.namespace, &self.consumer, &self.build), now, &fates);
        // A single write, so that no other output splits the line. If it fails, the batch must not fail.
        drop(std::io::stdout().write_all(format!("{line}\n").as_bytes()));
    }
}

/// In random order: whichever of them ends the process, the others are before it sooner or later.
fn shuffled(mut lanes: Vec<Vec<Record>>) -> Vec<Vec<Record>> {
    fastrand::shuffle(&mut lanes);
    lanes
}

fn panic_message(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("the panic has no text")
}
