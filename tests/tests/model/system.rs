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
use headgate_events::latest::ChangeFinalized;
use headgate_events::{Delivery, Fact, FunctionName, Versioned, event_id};
use headgate_failpoint::{Run, run};
use headgate_lease::{Lease, LeaseError, LeaseOutcome, LeaseRequest, Leases, OnTimeout, RunError};
use headgate_ledger::{Commit, Key, Ledger, Transition, View};
use headgate_outbox::{Consumer, Emit, Flow, Handled, Once, Origins};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::faults::{FaultyClient, Happened, Wire};
use crate::interleave::interleave;
use crate::memory::{self, Memory};
use crate::schedule::{Invocation, Kind, Step};

/// Duration of a lease.
pub const LEASE: Duration = Duration::from_secs(30);

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

/// The ids of all events that were counted for a subject.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
struct Seen(Vec<String>);

impl Versioned for Seen {}

/// One consumer with its table, bus and clock.
pub struct System {
    consumer: Consumer,
    /// Leases by the clock of each of two invocations.
    leases: [Leases; 2],
    skews: [Arc<AtomicI64>; 2],
    memory: Option<Memory>,
    /// How often each event was received.
    received: Mutex<BTreeMap<usize, u32>>,
    pub wire: Arc<Mutex<Wire>>,
    now: Arc<AtomicI64>,
    /// How often the effect of each event ran.
    pub effects: Mutex<BTreeMap<String, u32>>,
    /// The result of each effect.
    receipts: Mutex<BTreeMap<String, String>>,
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
    fn subject(&self, event: usize) -> String {
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

    /// Handles one event: runs its effect under a lease if its kind has one, then adds the event's id to the
    /// item of its subject and publishes two events.
    async fn handle(
        &self,
        slot: usize,
        delivery: Delivery,
        events: &[(usize, Kind)],
    ) -> Result<Once, Handled> {
        let Fact::ChangeAccepted(event) = &delivery.fact else {
            return Err(Handled::unexpected(delivery.fact.kind()));
        };
        let kind = self.kind(&event.id, events);
        let on_timeout = match kind {
            Kind::PayAgain => Some(OnTimeout::Retry),
            Kind::PayOnce => Some(OnTimeout::Quarantine),
            Kind::PayBegun => Some(OnTimeout::QuarantineOnceBegun),
            Kind::Plain | Kind::Poison => None,
        };
        if let Some(on_timeout) = on_timeout {
            self.pay(&self.leases[slot], &event.id, on_timeout).await?;
        }
        let flow = &self.consumer.flow;
        flow.once(&event.id, async || self.decide(&flow.ledger, &delivery.fact).await).await
    }

    /// Handles the events without an effect together.
    async fn handle_together(
        &self,
        deliveries: Vec<Delivery>,
        events: &[(usize, Kind)],
    ) -> Vec<Option<Once>> {
        let flow = &self.consumer.flow;
        let all: Vec<_> =
            deliveries.into_iter().map(|d| (d.fact.id().to_owned(), d.fact)).collect();
        let prepare = async |view: &View, facts: &[&Fact]| {
            let keys = facts.iter().map(|fact| self.state_key(fact.subject())).collect();
            flow.ledger.through(view).prefetch(keys).await
        };
        let decide = async |view: &View, fact: &Fact| {
            if self.kind(fact.id(), events) != Kind::Plain {
                return Err(Handled::poison("alone", "has an effect"));
            }
            self.decide(&flow.ledger.through(view), fact).await
        };
        flow.once_together(&all, prepare, decide).await
    }

    fn kind(&self, id: &str, events: &[(usize, Kind)]) -> Kind {
        events.iter().find(|(n, _)| self.event(*n) == id).unwrap().1
    }

    async fn decide(&self, ledger: &Ledger, fact: &Fact) -> Result<Transition, Handled> {
        let (id, subject) = (fact.id(), fact.subject());
        let key = self.state_key(subject);
        let stored = ledger.get::<Seen>(&key).await?;
        let (mut seen, version) =
            stored.map_or((Seen::default(), None), |s| (s.value, Some(s.version)));
        seen.0.push(id.to_owned());
        let mut transition = Transition::new().put(&key, &seen, version, None)?;
        for half in ["a", "b"] {
            let said = ChangeFinalized {
                revision: 0,
                status: "executed".to_owned(),
                lead_time_seconds: 0,
                iterations_to_clean: 0,
                monthly_cost_delta_cents: None,
            };
            let now = (self.consumer.flow.clock)();
            let emit = Emit::after(FunctionName::new("model"), now, fact);
            let discriminator = format!("{id}#{half}");
            transition = transition.publishing(emit.event((subject, 0), &discriminator, said)?);
        }
        Ok(transition)
    }

    async fn pay(
        &self,
        leases: &Leases,
        event: &str,
        on_timeout: OnTimeout,
    ) -> Result<(), Handled> {
        let request = LeaseRequest::new(event, event.as_bytes(), LEASE).on_timeout(on_timeout);
        let effect = async |held: &Lease| {
            if on_timeout == OnTimeout::QuarantineOnceBegun {
                self.begun.lock().unwrap().insert(event.to_owned());
                leases.begin(&request, held).await?;
            }
            *self.effects.lock().unwrap().entry(event.to_owned()).or_default() += 1;
            // Each owner's result is its own: only one of them may ever be known.
            Ok::<_, LeaseError>(format!("{event} {held:?}"))
        };
        match leases.run(&request, effect).await {
            Ok(LeaseOutcome::Done(receipt) | LeaseOutcome::AlreadyDone(receipt)) => {
                let mut receipts = self.receipts.lock().unwrap();
                let first = receipts.entry(event.to_owned()).or_insert_with(|| receipt.clone());
                if *first != receipt {
                    let complaint = format!("{event} has the results {first} and {receipt}");
                    self.wire.lock().unwrap().broken.push(complaint);
                }
                Ok(())
            }
            Ok(LeaseOutcome::Busy { .. }) => Err(Handled::Busy(Duration::from_secs(1))),
            Err(RunError::Lease(error @ LeaseError::Abandoned { .. })) => {
                Err(Handled::poison("claim_abandoned", error.to_string()))
            }
            Err(error) => Err(error.into()),
        }
    }

    fn state_key(&self, subject: &str) -> Key {
        Key::named(format!("MODEL#{subject}"), "STATE")
    }

    /// Stores both subjects without events. From now on they are replaced, version by version.
    pub async fn begin(&self) {
        self.wire.lock().unwrap().arm(None);
        let mut both = Transition::new();
        for event in 0..2 {
            let key = self.state_key(&self.subject(event));
            both = both.create(&key, &Seen::default()).unwrap();
        }
        assert_eq!(self.consumer.flow.ledger.commit(&both).await.unwrap(), Commit::Applied);
    }

    /// The event ids in the items of both subjects, sorted.
    pub async fn state(&self) -> Vec<String> {
        self.wire.lock().unwrap().arm(None);
        let mut all = Vec::new();
        for event in 0..2 {
            let key = self.state_key(&self.subject(event));
            let stored = self.consumer.flow.ledger.get::<Seen>(&key).await.unwrap();
            all.extend(stored.map(|s| s.value.0).unwrap_or_default());
        }
        all.sort();
        all
    }
}
