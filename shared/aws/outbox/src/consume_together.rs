//! Runs SQS batches whose events are processed together.

use std::collections::{BTreeMap, HashMap};
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use futures::{FutureExt as _, StreamExt as _};
use headgate_batch::Record;
use headgate_events::{Delivery, EngagementId, Fact};
use tokio::time::{Instant, timeout_at};

use crate::consume::Consumer;
use crate::flow::Once;
use crate::handled::Handled;

/// Engagements that are processed at the same time. They share no item that both often write.
const ENGAGEMENTS_AT_ONCE: usize = 5;

type Settled = HashMap<String, (Fact, Once)>;

impl Consumer {
    /// Like [`Consumer::run`], but first hands the events of each engagement to `together`, by the time that they
    /// name. Its result has one member for each event; `handle` processes those that are `None`, one by one. So do
    /// messages that were received before and may have ended an earlier invocation. `together` may take half of the
    /// remaining time.
    pub async fn run_together<G, F>(
        &self,
        batch: SqsEvent,
        remaining: Duration,
        together: G,
        handle: F,
    ) -> SqsBatchResponse
    where
        G: AsyncFn(Vec<Delivery>) -> Vec<Option<Once>>,
        F: AsyncFn(Delivery) -> Result<Once, Handled>,
    {
        let start = Instant::now();
        let settled = self.settle_together(&batch, start + remaining / 2, &together).await;
        let remaining = remaining.saturating_sub(start.elapsed());
        let record = async |record: &Record| match settled.get(&record.message_id) {
            Some((fact, once)) => self.done(record, fact, *once).await,
            None => self.one(record, &handle).await,
        };
        self.runner.run(batch, remaining, record).await
    }

    /// Events that were processed together, by the id of their message.
    async fn settle_together<G>(&self, batch: &SqsEvent, end: Instant, together: &G) -> Settled
    where
        G: AsyncFn(Vec<Delivery>) -> Vec<Option<Once>>,
    {
        let mut engagements: BTreeMap<EngagementId, Vec<(String, Delivery)>> = BTreeMap::new();
        for record in batch.records.iter().cloned().map(Record::from) {
            if self.runner.suspects(&record) {
                continue;
            }
            // Messages that are no events are refused one by one.
            let Ok(delivery) = Delivery::parse(&record.body) else { continue };
            let engagement = delivery.fact.correlation().clone();
            engagements.entry(engagement).or_default().push((record.message_id, delivery));
        }
        let run = async |mut events: Vec<(String, Delivery)>| {
            events.sort_by_key(|(_, delivery)| delivery.fact.time());
            let facts: Vec<_> =
                events.iter().map(|(id, delivery)| (id.clone(), delivery.fact.clone())).collect();
            let work = together(events.into_iter().map(|(_, delivery)| delivery).collect());
            // After a panic or a timeout, the events are processed one by one: those that are committed find
            // their markers.
            let done = timeout_at(end, AssertUnwindSafe(work).catch_unwind()).await;
            let done = done.ok().and_then(Result::ok).unwrap_or_default();
            facts.into_iter().zip(done).filter_map(|((id, fact), once)| Some((id, (fact, once?))))
        };
        futures::stream::iter(engagements.into_values())
            .map(|events| run(events).boxed_local())
            .buffer_unordered(ENGAGEMENTS_AT_ONCE)
            .flat_map(futures::stream::iter)
            .collect()
            .await
    }
}
