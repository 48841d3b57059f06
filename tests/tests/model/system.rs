//! The system under test: one consumer with the real adapters, on an emulator or in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_config::SdkConfig;
use aws_lambda_events::event::sqs::{SqsEvent, SqsMessage};
use headgate_batch::{Backoff, BatchLimits, Runner};
use headgate_bus::Bus;
use headgate_e2e::World;
use headgate_events::{FunctionName, event_id};
use headgate_failpoint::{Run, run};
use headgate_lease::Leases;
use headgate_ledger::{Key, Ledger};
use headgate_outbox::{Consumer, Flow, Origins};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::faults::{FaultyClient, Happened, Wire};
use crate::interleave::interleave;
use crate::memory::{self, Memory};
use crate::schedule::{Invocation, Kind, Step};

/// Names in AWS.
struct Names {
    ledger: String,
    leases: String,
    bucket: String,
    bus: String,
    dead_letters: String,
    /// Distinguishes this system's items from those of others.
    id: String,
}

/// One consumer with its table, bus and clock.
pub struct System {
    pub consumer: Consumer,
    /// Leases by the clock of each of two invocations.
    pub leases: [Leases; 2],
    skews: [Arc<AtomicI64>; 2],
    memory: Option<Memory>,
    /// How often each event was received.
    received: Mutex<BTreeMap<usize, u32>>,
    pub wire: Arc<Mutex<Wire>>,
    now: Arc<AtomicI64>,
    /// How often the effect of each event ran.
    pub effects: Mutex<BTreeMap<String, u32>>,
    /// The result of each effect.
    pub receipts: Mutex<BTreeMap<String, String>>,
    /// Events whose effect recorded that it begins, or tried to.
    pub begun: Mutex<BTreeSet<String>>,
    pub id: String,
}

impl System {
    /// A new system on the fleet's own tables and bus.
    pub fn deployed(world: &World) -> Self {
        let wire = Arc::default();
        let inner = aws_smithy_http_client::Builder::new().build_http();
        let sdk = world.sdk_config(FaultyClient { inner, wire: Arc::clone(&wire), records: true });
        let names = Names {
            ledger: world.output("/tables/ledger"),
            leases: world.output("/tables/leases"),
            bucket: world.output("/quarantine_bucket"),
            bus: world.bus().to_owned(),
            dead_letters: world.dead_end(),
            id: world.id("model"),
        };
        Self::new(&sdk, None, wire, names)
    }

    /// A system in memory. Making one takes longer than a schedule, so [`Self::forget`] makes it as new.
    pub fn in_memory() -> Self {
        let wire: Arc<Mutex<Wire>> = Arc::default();
        let (sdk, memory) = memory::sdk(&wire);
        let name = |name: &str| name.to_owned();
        let names = Names {
            ledger: name("ledger"),
            leases: name("leases"),
            bucket: name("results"),
            bus: name("bus"),
            dead_letters: name("http://aws.invalid/000000000000/dead-letters"),
            id: name("model"),
        };
        Self::new(&sdk, Some(memory), wire, names)
    }

    fn new(sdk: &SdkConfig, memory: Option<Memory>, wire: Arc<Mutex<Wire>>, names: Names) -> Self {
        // The clock starts now, not in 1970, because the table's TTL deletes expired items.
        let now = Arc::new(AtomicI64::new(Timestamp::now().as_millisecond()));
        let flow = Flow {
            ledger: Ledger::connect(sdk, names.ledger),
            bus: Bus::connect(sdk, names.bus),
            function: FunctionName::new("model"),
            clock: Timestamp::now,
        };
        let skews: [Arc<AtomicI64>; 2] = Default::default();
        let leases = skews.each_ref().map(|skew| {
            let (clock, skew) = (Arc::clone(&now), Arc::clone(skew));
            let at = move || clock.load(Ordering::SeqCst) + 1000 * skew.load(Ordering::SeqCst);
            Leases::new(
                aws_sdk_dynamodb::Client::new(sdk),
                &names.leases,
                aws_sdk_s3::Client::new(sdk),
                &names.bucket,
                Arc::new(move || Timestamp::from_millisecond(at()).unwrap()),
            )
        });
        let backoff = Backoff { base: Duration::from_secs(1), cap: Duration::from_secs(1) };
        let runner = Runner::new(aws_sdk_sqs::Client::new(sdk), "model", "model")
            .dead_letters(names.dead_letters)
            .limits(BatchLimits { backoff, ..BatchLimits::default() });
        Self {
            consumer: Consumer { flow, runner, origins: Origins::unchecked() },
            leases,
            skews,
            memory,
            received: Mutex::default(),
            wire,
            now,
            effects: Mutex::default(),
            receipts: Mutex::default(),
            begun: Mutex::default(),
            id: names.id,
        }
    }

    /// Forgets all that happened.
    pub fn forget(&self) {
        *self.wire.lock().unwrap() = Wire::default();
        self.memory.iter().for_each(Memory::forget);
        self.effects.lock().unwrap().clear();
        self.receipts.lock().unwrap().clear();
        self.received.lock().unwrap().clear();
        self.begun.lock().unwrap().clear();
    }

    /// Advances the clock until every lease has expired.
    pub fn advance(&self) {
        self.now.fetch_add(31_000, Ordering::SeqCst);
    }

    /// Subject of an event. Every second event shares a subject, so that events compete for one item.
    pub fn subject(&self, event: usize) -> String {
        format!("{}-s{}", self.id, event % 2)
    }

    /// Id of an event.
    pub fn event(&self, event: usize) -> String {
        format!("{}-e{event}", self.id)
    }

    /// Ids of the two events that the consumer publishes for an event.
    pub fn outbox(&self, event: usize) -> [String; 2] {
        let (subject, id) = (self.subject(event), self.event(event));
        ["a", "b"].map(|half| event_id("change.finalized.v1", &subject, 0, &format!("{id}#{half}")))
    }

    /// The queue message of an event.
    pub fn body(&self, event: usize, kind: Kind) -> String {
        let text = include_str!("../../../events/fixtures/change.accepted.v1.json");
        let mut detail: Value = serde_json::from_str(text).unwrap();
        // A later version would wait for a build that knows it.
        let version = if kind == Kind::Poison { "v0" } else { "v1" };
        detail["id"] = json!(self.event(event));
        detail["subject"] = json!(self.subject(event));
        let kind = format!("change.accepted.{version}");
        json!({ "detail-type": kind, "source": "headgate.intake", "detail": detail }).to_string()
    }

    /// Runs the invocations of a step: overlapping as the step says, or one after the other on an emulator.
    pub async fn run(
        &self,
        kinds: &[Kind],
        step: &Step,
        overlapping: bool,
    ) -> Vec<Run<Vec<usize>>> {
        self.wire.lock().unwrap().arm(step.fault);
        for (skew, invocation) in self.skews.iter().zip(step.invocations()) {
            skew.store(invocation.skew, Ordering::SeqCst);
        }
        let first = self.deliver(0, kinds, &step.first);
        let Some(second) = &step.second else { return vec![first.await] };
        let second = self.deliver(1, kinds, second);
        if !overlapping {
            return vec![first.await, second.await];
        }
        let (first, second) = interleave(first, second, &step.order, || self.advance()).await;
        vec![first, second]
    }

    /// Delivers events once more, without crashes and faults.
    pub async fn redeliver(&self, kinds: &[Kind], batch: Vec<usize>) {
        self.run(kinds, &Step::calm(batch), false).await;
    }

    /// How often an event was received, if it was.
    pub fn received(&self, event: usize) -> u32 {
        self.received.lock().unwrap().get(&event).copied().unwrap_or_default()
    }

    /// Whether the message of an event is acknowledged. It may be deleted before the invocation ends.
    pub fn is_acknowledged(&self, event: usize) -> bool {
        let acknowledged = Happened::Acknowledged(self.event(event));
        self.wire.lock().unwrap().trace.contains(&acknowledged)
    }

    /// Whether the message of an event is a dead letter.
    pub fn is_dead(&self, event: usize, kind: Kind) -> bool {
        self.wire.lock().unwrap().dead.contains(&self.body(event, kind))
    }

    /// Publishes what was committed for an event and is not published yet, as `outbox-sweeper` does.
    pub async fn sweep(&self, event: usize) {
        self.wire.lock().unwrap().arm(None);
        let marker = Key::marker("model", &self.event(event));
        let flow = &self.consumer.flow;
        if flow.ledger.marker(&marker).await.unwrap().is_some() {
            flow.settle(&marker).await.unwrap();
        }
    }

    /// Runs one invocation. The output is the acknowledged events, or `None` if it crashed.
    async fn deliver(
        &self,
        slot: usize,
        kinds: &[Kind],
        invocation: &Invocation,
    ) -> Run<Vec<usize>> {
        let events: Vec<_> = invocation.batch.iter().map(|e| (*e, kinds[*e])).collect();
        let events = events.as_slice();
        for event in invocation.batch.iter().collect::<BTreeSet<_>>() {
            *self.received.lock().unwrap().entry(*event).or_default() += 1;
        }
        let mut batch = SqsEvent::default();
        for (n, (event, kind)) in events.iter().enumerate() {
            let mut message = SqsMessage::default();
            message.message_id = Some(n.to_string());
            message.receipt_handle = Some(format!("{}|{n}", self.event(*event)));
            // On an emulator there is no such queue.
            let queue = || "arn:aws:sqs:us-east-1:000000000000:model".to_owned();
            message.event_source_arn = self.memory.as_ref().map(|_| queue());
            let received = self.received(*event).to_string();
            message.attributes.insert("ApproximateReceiveCount".to_owned(), received);
            message.body = Some(self.body(*event, *kind));
            batch.records.push(message);
        }
        let task = async {
            let handle = async |delivery| self.handle(slot, delivery, events).await;
            let time = Duration::from_secs(60);
            let answer = if invocation.together {
                let all = async |all| self.handle_together(all, events).await;
                Box::pin(self.consumer.run_together(batch, time, all, handle)).await
            } else {
                Box::pin(self.consumer.run(batch, time, handle)).await
            };
            let kept: Vec<_> =
                answer.batch_item_failures.into_iter().map(|f| f.item_identifier).collect();
            let acknowledged =
                events.iter().enumerate().filter(|(n, _)| !kept.contains(&n.to_string()));
            let acknowledged: Vec<_> = acknowledged.map(|(_, (event, _))| *event).collect();
            let mut wire = self.wire.lock().unwrap();
            let ids = acknowledged.iter().map(|event| self.event(*event));
            wire.trace.extend(ids.map(Happened::Acknowledged));
            acknowledged
        };
        run(invocation.crash_at, task).await
    }
}
