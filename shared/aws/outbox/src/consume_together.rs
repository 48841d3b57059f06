//! Runs SQS batches whose events are processed together.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher as _, RandomState};
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent, SqsMessage};
use futures::FutureExt as _;
use futures::future::join_all;
use headgate_batch::Record;
use headgate_events::{Delivery, Fact};
use headgate_ledger::View;
use tokio::time::{Instant, timeout_at};

use crate::consume::Consumer;
use crate::flow::Once;
use crate::handled::Handled;

type Settled = HashMap<String, (Fact, Once)>;

/// Fewest events for which another group is worth its reads.
const WORTH_A_GROUP: usize = 10;

impl Consumer {
    /// Like [`Consumer::run`], but first hands all events to `together`: those of an engagement next to each other, by the
    /// time that they name. Its result has one member for each event; `handle` processes those that are `None`, one by
    /// one. So it does, every other time, with messages that may have ended earlier invocations. `together` may take a
    /// quarter of the remaining time. For standard queues: it keeps no order.
    ///
    /// A large batch has several groups, which are processed at the same time. All events of a part of the engagements
    /// ([`headgate_events::PARTS`]) are in the same one, because they share figures, and would only conflict.
    pub async fn run_together<G, F>(
        &self,
        mut batch: SqsEvent,
        remaining: Duration,
        together: G,
        handle: F,
    ) -> SqsBatchResponse
    where
        G: AsyncFn(Vec<Delivery>) -> Vec<Option<Once>>,
        F: AsyncFn(Delivery) -> Result<Once, Handled>,
    {
        let start = Instant::now();
        // Boxed, because the compiler refuses futures in futures that are too deep.
        let settling = self.settle_together(&batch, start + remaining / 4, &together);
        let settled = settling.boxed_local().await;
        // If time is short, what is settled must not be handed back.
        let id = |record: &SqsMessage| record.message_id.clone().unwrap_or_default();
        batch.records.sort_by_cached_key(|record| !settled.contains_key(&id(record)));
        let remaining = remaining.saturating_sub(start.elapsed());
        let record = async |record: &Record| match settled.get(&record.message_id) {
            Some((fact, once)) => self.done(record, fact, *once).await,
            None => self.one(record, &handle).await,
        };
        let done = |record: &Record| settled.contains_key(&record.message_id);
        self.runner.run_known(batch, remaining, done, record).boxed_local().await
    }

    /// Those of the events that the fleet has published, and those that others may send. The rest is refused one by one.
    async fn proven(&self, events: Vec<(String, Delivery)>) -> Vec<(String, Delivery)> {
        let origins = self.origins.through(&View::new());
        let all: Vec<_> = events.iter().map(|(_, delivery)| delivery).collect();
        if let Err(error) = origins.prefetch(&all).await {
            tracing::warn!(error = ?error, "events are looked up one by one");
            return Vec::new();
        }
        let mut proven = Vec::new();
        for (id, delivery) in events {
            if origins.check(&delivery).await.is_ok() {
                proven.push((id, delivery));
            }
        }
        proven
    }

    /// Events that were processed together, by the id of their message.
    async fn settle_together<G>(&self, batch: &SqsEvent, end: Instant, together: &G) -> Settled
    where
        G: AsyncFn(Vec<Delivery>) -> Vec<Option<Once>>,
    {
        let mut events = Vec::new();
        for record in batch.records.iter().cloned().map(Record::from) {
            // After an outage, every message was received often. Half of them at a time is as good as alone for finding the
            // one that ends the process, and the backlog does not last as long.
            if self.runner.suspects(&record) && record.receive_count % 2 == 1 {
                continue;
            }
            // Settled messages are recognized by their id.
            // What SQS moved here is refused one by one, too.
            if record.message_id.is_empty() || record.moved_from.is_some() {
                continue;
            }
            // Messages that are no events are refused one by one.
            let Ok(delivery) = Delivery::parse(&record.body) else { continue };
            events.push((record.message_id, delivery));
        }
        // Within the time of groups: a table that hangs must leave time to hand the messages back.
        events = timeout_at(end, self.proven(events)).await.unwrap_or_default();
        let groups =
            groups(events).into_iter().map(async |group| self.settle(group, end, together).await);
        join_all(groups).await.into_iter().flatten().collect()
    }

    /// Events of a group that were processed together.
    async fn settle<G>(
        &self,
        mut events: Vec<(String, Delivery)>,
        end: Instant,
        together: &G,
    ) -> Settled
    where
        G: AsyncFn(Vec<Delivery>) -> Vec<Option<Once>>,
    {
        // In another order of engagements each time: two batches that record the same engagements at the same time seldom meet in one.
        let order = RandomState::new();
        let place = |fact: &Fact| (order.hash_one(fact.correlation()), fact.time());
        events.sort_by_cached_key(|(_, delivery)| place(&delivery.fact));
        let facts: Vec<_> =
            events.iter().map(|(id, delivery)| (id.clone(), delivery.fact.clone())).collect();
        let deliveries = events.into_iter().map(|(_, delivery)| delivery).collect();
        let work = together(deliveries).boxed_local();
        // After a panic or a timeout, the events are processed one by one: those that are committed find their markers.
        let done = timeout_at(end, AssertUnwindSafe(work).catch_unwind()).await;
        let done = done.ok().and_then(Result::ok).unwrap_or_default();
        let settled = facts.into_iter().zip(done);
        settled.filter_map(|((id, fact), once)| Some((id, (fact, once?)))).collect()
    }
}

/// Divides events by the parts of their engagements: as many groups as are worth it, each of one or several parts.
fn groups(events: Vec<(String, Delivery)>) -> Vec<Vec<(String, Delivery)>> {
    let most = events.len().div_ceil(WORTH_A_GROUP);
    let mut parts: BTreeMap<u8, Vec<_>> = BTreeMap::new();
    for event in events {
        parts.entry(event.1.fact.correlation().part()).or_default().push(event);
    }
    let mut groups: Vec<Vec<_>> = Vec::new();
    groups.resize_with(parts.len().min(most), Vec::new);
    // The largest part first, each to the smallest group.
    let mut parts: Vec<_> = parts.into_values().collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    for part in parts {
        if let Some(smallest) = groups.iter_mut().min_by_key(|group| group.len()) {
            smallest.extend(part);
        }
    }
    groups
}
