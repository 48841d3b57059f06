//! What the consumer does with its events: an effect under a lease, if the event asks for one, and a state transition that publishes two
//! events.

use std::time::Duration;

use headgate_events::latest::ChangeFinalized;
use headgate_events::{Delivery, Fact, FunctionName, Versioned};
use headgate_lease::{Lease, LeaseError, LeaseOutcome, LeaseRequest, Leases, OnTimeout, RunError};
use headgate_ledger::{Commit, Key, Ledger, Transition, View};
use headgate_outbox::{Emit, Handled, Once};
use serde::{Deserialize, Serialize};

use crate::schedule::Kind;
use crate::system::System;

/// Duration of a lease.
const LEASE: Duration = Duration::from_secs(30);

/// The ids of all events that were counted for a subject.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
struct Seen(Vec<String>);

impl Versioned for Seen {}

impl System {
    /// Handles one event: runs its effect under a lease if its kind has one, then adds the event's id to the
    /// item of its subject and publishes two events.
    pub async fn handle(
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
    pub async fn handle_together(
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
