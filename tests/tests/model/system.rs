//! The system under test: one real consumer, with the real adapters, on an emulator.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_lambda_events::event::sqs::{SqsEvent, SqsMessage};
use headgate_batch::{Backoff, Limits, Runner};
use headgate_bus::Bus;
use headgate_claims::{Claim, ClaimError, Claims, Held, OnTimeout, Outcome, RunError};
use headgate_e2e::World;
use headgate_events::latest::ChangeFinalized;
use headgate_events::{Delivery, Fact, event_id};
use headgate_failpoint::{Run, run};
use headgate_flow::{Consumer, Emit, Flow, Handled, Once};
use headgate_ledger::{Key, Ledger, Transition};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::faults::{FaultyClient, Plan, Wire};
use crate::schedule::Kind;

/// Longest hold of a claim.
pub const LEASE: Duration = Duration::from_secs(30);

/// One consumer and its surroundings.
pub struct System {
    consumer: Consumer,
    claims: Claims,
    pub wire: Arc<Mutex<Wire>>,
    now: Arc<AtomicI64>,
    /// How often the effect of each event ran.
    pub effects: Mutex<BTreeMap<String, u32>>,
    /// Events whose effect has said that it begins, or has tried to.
    pub begun: Mutex<BTreeSet<String>>,
    pub id: String,
}

impl System {
    /// A new one on the fleet's own tables and bus.
    pub fn new(world: &World) -> Self {
        let wire = Arc::default();
        let inner = aws_smithy_http_client::Builder::new().build_http();
        let client = FaultyClient { inner, wire: Arc::clone(&wire) };
        let sdk = world.sdk_config(client);
        // From now, not from 1970: the table's TTL deletes what has expired.
        let now = Arc::new(AtomicI64::new(Timestamp::now().as_millisecond()));
        let clock = Arc::clone(&now);
        let flow = Flow {
            ledger: Ledger::connect(&sdk, world.output("/tables/ledger")),
            bus: Bus::connect(&sdk, world.bus()),
            function: "model",
            clock: Timestamp::now,
        };
        let claims = Claims::new(
            aws_sdk_dynamodb::Client::new(&sdk),
            world.output("/tables/claims"),
            aws_sdk_s3::Client::new(&sdk),
            world.output("/quarantine_bucket"),
            Arc::new(move || Timestamp::from_millisecond(clock.load(Ordering::SeqCst)).unwrap()),
        );
        let backoff = Backoff { base: Duration::from_secs(1), cap: Duration::from_secs(1) };
        let runner = Runner::new(aws_sdk_sqs::Client::new(&sdk), "model", "model")
            .dead_letters(world.dead_end())
            .limits(Limits { backoff, ..Limits::default() });
        Self {
            consumer: Consumer { flow, runner },
            claims,
            wire,
            now,
            effects: Mutex::default(),
            begun: Mutex::default(),
            id: world.id("model"),
        }
    }

    /// Lets every lease end.
    pub fn advance(&self) {
        self.now.fetch_add(31_000, Ordering::SeqCst);
    }

    /// Subject of an event; every second one shares it, so that they meet in one item.
    fn subject(&self, event: usize) -> String {
        format!("{}-s{}", self.id, event % 2)
    }

    /// Id of an event.
    pub fn event(&self, event: usize) -> String {
        format!("{}-e{event}", self.id)
    }

    /// Ids of the events that follow from an event.
    pub fn outbox(&self, event: usize) -> [String; 2] {
        let (subject, id) = (self.subject(event), self.event(event));
        ["a", "b"].map(|half| event_id("change.finalized.v1", &subject, 0, &format!("{id}#{half}")))
    }

    /// The queue message of an event.
    pub fn body(&self, event: usize, kind: Kind) -> String {
        let text = include_str!("../../../events/fixtures/change.accepted.v1.json");
        let mut detail: Value = serde_json::from_str(text).unwrap();
        let version = if kind == Kind::Poison { "v99" } else { "v1" };
        detail["id"] = json!(self.event(event));
        detail["subject"] = json!(self.subject(event));
        let kind = format!("change.accepted.{version}");
        json!({ "detail-type": kind, "source": "headgate.intake", "detail": detail }).to_string()
    }

    /// One invocation with a batch of events. Returns the ones that are acknowledged; none, if it
    /// crashed.
    pub async fn deliver(
        &self,
        events: &[(usize, Kind)],
        crash_at: Option<usize>,
        plan: Option<Plan>,
    ) -> Run<Vec<usize>> {
        self.wire.lock().unwrap().arm(plan);
        let mut batch = SqsEvent::default();
        for (n, (event, kind)) in events.iter().enumerate() {
            let mut message = SqsMessage::default();
            message.message_id = Some(n.to_string());
            message.receipt_handle = Some(n.to_string());
            message.body = Some(self.body(*event, *kind));
            batch.records.push(message);
        }
        let task = async {
            let handle = async |delivery| self.handle(delivery, events).await;
            let answer = self.consumer.run(batch, Duration::from_secs(60), handle).await;
            let kept: Vec<_> =
                answer.batch_item_failures.into_iter().map(|f| f.item_identifier).collect();
            let acknowledged =
                events.iter().enumerate().filter(|(n, _)| !kept.contains(&n.to_string()));
            acknowledged.map(|(_, (event, _))| *event).collect()
        };
        run(crash_at, task).await
    }

    /// What the consumer does: an effect under a claim, where the event is of that kind; then the
    /// event's id into the item of its subject, and two events from it.
    async fn handle(&self, delivery: Delivery, events: &[(usize, Kind)]) -> Result<Once, Handled> {
        let Fact::ChangeAccepted(event) = &delivery.fact else {
            return Err(Handled::unexpected(delivery.fact.kind()));
        };
        let kind = events.iter().find(|(n, _)| self.event(*n) == event.id).unwrap().1;
        let on_timeout = match kind {
            Kind::PayAgain => Some(OnTimeout::Retry),
            Kind::PayOnce => Some(OnTimeout::Quarantine),
            Kind::PayBegun => Some(OnTimeout::QuarantineOnceBegun),
            Kind::Plain | Kind::Poison => None,
        };
        if let Some(on_timeout) = on_timeout {
            self.pay(&event.id, on_timeout).await?;
        }
        let flow = &self.consumer.flow;
        let key = self.state_key(&event.subject);
        flow.once(&event.id, async || {
            let stored = flow.ledger.get::<Vec<String>>(&key).await?;
            let (mut seen, version) =
                stored.map_or((Vec::new(), None), |s| (s.value, Some(s.version)));
            seen.push(event.id.clone());
            let mut transition = Transition::new().put(&key, &seen, version, None)?;
            for half in ["a", "b"] {
                let said = ChangeFinalized {
                    revision: 0,
                    status: "executed".to_owned(),
                    lead_time_seconds: 0,
                    iterations_to_clean: 0,
                    monthly_cost_delta_cents: None,
                };
                let emit = Emit::after("model", (flow.clock)(), &delivery.fact);
                let discriminator = format!("{}#{half}", event.id);
                transition =
                    transition.publishing(emit.event((&event.subject, 0), &discriminator, said)?);
            }
            Ok(transition)
        })
        .await
    }

    async fn pay(&self, event: &str, on_timeout: OnTimeout) -> Result<(), Handled> {
        let claim = Claim::new(event, event.as_bytes(), LEASE).on_timeout(on_timeout);
        let effect = async |held: &Held| {
            if on_timeout == OnTimeout::QuarantineOnceBegun {
                self.begun.lock().unwrap().insert(event.to_owned());
                self.claims.begin(&claim, held).await?;
            }
            *self.effects.lock().unwrap().entry(event.to_owned()).or_default() += 1;
            Ok::<_, ClaimError>(event.to_owned())
        };
        match self.claims.run(&claim, effect).await {
            Ok(Outcome::Done(receipt) | Outcome::AlreadyDone(receipt)) => {
                assert_eq!(receipt, event);
                Ok(())
            }
            Ok(Outcome::Busy { .. }) => Err(Handled::Busy(Duration::from_secs(1))),
            Err(RunError::Claim(error @ ClaimError::Abandoned { .. })) => {
                Err(Handled::poison("claim_abandoned", error.to_string()))
            }
            Err(error) => Err(error.into()),
        }
    }

    fn state_key(&self, subject: &str) -> Key {
        Key::named(format!("MODEL#{subject}"), "STATE")
    }

    /// Everything that is in the items.
    pub async fn state(&self) -> Vec<String> {
        self.wire.lock().unwrap().arm(None);
        let mut all = Vec::new();
        for event in 0..2 {
            let key = self.state_key(&self.subject(event));
            let stored = self.consumer.flow.ledger.get::<Vec<String>>(&key).await.unwrap();
            all.extend(stored.map(|s| s.value).unwrap_or_default());
        }
        all.sort();
        all
    }
}
