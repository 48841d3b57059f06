//! Requests over HTTP: no queue delivers them again. What one of them commits and cannot publish any more is published when the client
//! sends it again, or by `outbox-sweeper`. Random schedules of requests, crashes, faults and sweeps, in memory.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use headgate_bus::Bus;
use headgate_events::latest::ChangeFinalized;
use headgate_events::{FunctionName, Versioned};
use headgate_failpoint::run;
use headgate_ledger::{Commit, Key, Ledger, Transition};
use headgate_outbox::{Attempts, Emit, Flow, FlowError};
use headgate_outbox_sweeper::sweep;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde::{Deserialize, Serialize};

use crate::faults::{Happened, Plan, Wire};
use crate::interleave::{Turn, interleave};
use crate::memory::{self, Memory};
use crate::schedule::{fault, order};

/// Number of schedules.
const SCHEDULES: u32 = 500;
/// Things that requests are about.
const APPLIES: usize = 2;

/// Somebody who acts in a round.
#[derive(Debug, Clone, Copy)]
enum Actor {
    /// A client reports an apply, and crashes the function at this failpoint.
    Client {
        apply: usize,
        crash_at: Option<usize>,
    },
    Sweeper,
}

/// One or two of them, at the same time.
#[derive(Debug, Clone)]
struct Round {
    first: Actor,
    second: Option<Actor>,
    order: Vec<Turn>,
    fault: Option<Plan>,
}

fn actor() -> impl Strategy<Value = Actor> {
    prop_oneof![
        4 => (0..APPLIES, prop::option::weighted(0.4, 0..4_usize))
            .prop_map(|(apply, crash_at)| Actor::Client { apply, crash_at }),
        1 => Just(Actor::Sweeper),
    ]
}

fn rounds() -> impl Strategy<Value = Vec<Round>> {
    let fault = prop::option::weighted(0.4, fault());
    let round = (actor(), prop::option::of(actor()), order(), fault)
        .prop_map(|(first, second, order, fault)| Round { first, second, order, fault });
    prop::collection::vec(round, 1..5)
}

/// What is stored of an apply.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Apply {
    reported: bool,
}

impl Versioned for Apply {}

/// What happened. It shows that the schedules prove something.
#[derive(Debug, Default, Clone, Copy)]
struct Seen {
    crashed: u32,
    published: u32,
}

struct System {
    seen: Mutex<Seen>,
    flow: Flow,
    memory: Memory,
    wire: Arc<Mutex<Wire>>,
}

fn id(apply: usize) -> String {
    format!("apply-{apply}")
}

fn key(apply: usize) -> Key {
    Key::named(id(apply), "STATE")
}

impl System {
    fn new() -> Self {
        let wire = Arc::default();
        let (sdk, memory) = memory::sdk(&wire);
        let flow = Flow {
            ledger: Ledger::connect(&sdk, "ledger"),
            bus: Bus::connect(&sdk, "bus"),
            function: FunctionName::new("model"),
            clock: Timestamp::now,
        };
        Self { seen: Mutex::default(), flow, memory, wire }
    }

    /// What the handlers of `POST` do. An answer means that everything is published, also what an earlier request committed.
    async fn report(&self, apply: usize) -> Result<(), FlowError> {
        let Self { flow, .. } = self;
        let marker = Key::marker("model", &id(apply));
        let mut attempts = Attempts::default();
        loop {
            let stored = flow.ledger.get::<Apply>(&key(apply)).await?;
            let Some(stored) = stored.filter(|stored| !stored.value.reported) else {
                flow.heal(&marker).await?;
                return Ok(());
            };
            let now = (flow.clock)();
            let said = ChangeFinalized {
                revision: 1,
                status: "executed".to_owned(),
                lead_time_seconds: 0,
                iterations_to_clean: 1,
                monthly_cost_delta_cents: None,
            };
            let emit = Emit::new(flow.function, now, &"eng-model".into());
            let event = emit.event((&id(apply), 1), "", said).unwrap();
            let transition = Transition::new()
                .put(&key(apply), &Apply { reported: true }, Some(stored.version), None)?
                .publishing(event)
                .marked(marker.clone(), now);
            if flow.apply(&transition).await? == Commit::Applied {
                return Ok(());
            }
            attempts.again().await?;
        }
    }

    async fn act(&self, actor: Actor) {
        match actor {
            Actor::Client { apply, crash_at } => {
                let output = run(crash_at, self.report(apply)).await.output;
                self.seen.lock().unwrap().crashed += u32::from(output.is_none());
                if let Some(Ok(())) = output {
                    self.wire.lock().unwrap().trace.push(Happened::Acknowledged(id(apply)));
                }
            }
            Actor::Sweeper => {
                self.sweep().await;
            }
        }
    }

    /// Runs the sweeper a minute later, so that everything is old enough for it.
    async fn sweep(&self) -> Option<u32> {
        let clock = || Timestamp::now() + SignedDuration::from_mins(1);
        let swept = sweep(&[Flow { clock, ..self.flow.clone() }], Duration::from_secs(60)).await;
        let published = swept.ok().map(|swept| swept.published);
        self.seen.lock().unwrap().published += published.unwrap_or_default();
        published
    }

    async fn play(&self, rounds: &[Round]) {
        let mut begin = Transition::new();
        for apply in 0..APPLIES {
            begin = begin.create(&key(apply), &Apply::default()).unwrap();
        }
        assert_eq!(self.flow.ledger.commit(&begin).await.unwrap(), Commit::Applied);
        for Round { first, second, order, fault } in rounds {
            self.wire.lock().unwrap().arm(*fault);
            match second {
                Some(second) => {
                    interleave(self.act(*first), self.act(*second), order, || ()).await;
                }
                None => self.act(*first).await,
            }
        }
        self.wire.lock().unwrap().arm(None);
        assert!(self.sweep().await.is_some());
        assert_eq!(self.sweep().await, Some(0), "what is published stays on the list");
    }

    async fn check(&self) -> Result<(), TestCaseError> {
        let mut expected = BTreeSet::new();
        for apply in 0..APPLIES {
            let id = id(apply);
            let stored = self.flow.ledger.get::<Apply>(&key(apply)).await.unwrap().unwrap();
            let wire = self.wire.lock().unwrap();
            let first = |what: &Happened| wire.trace.iter().position(|happened| happened == what);
            let committed = first(&Happened::Committed(id.clone()));
            let answered = first(&Happened::Acknowledged(id.clone()));
            prop_assert_eq!(stored.value.reported, committed.is_some(), "{}", id);
            let event = headgate_events::event_id("change.finalized.v1", &id, 1, "");
            let published = first(&Happened::Published(event.clone()));
            prop_assert_eq!(committed.is_some(), published.is_some(), "{} is not published", id);
            prop_assert!(committed <= published, "{id} was published before its commit");
            let told = |at| published.is_some_and(|published| published < at);
            prop_assert!(answered.is_none_or(told), "{id} was answered first");
            expected.extend(committed.map(|_| event));
        }
        let wire = self.wire.lock().unwrap();
        let published: BTreeSet<_> = wire.published.keys().cloned().collect();
        prop_assert_eq!(published, expected);
        prop_assert!(wire.broken.is_empty(), "{:?}", wire.broken);
        let contents = wire.published.values().map(BTreeSet::len).max();
        prop_assert!(contents.is_none_or(|n| n == 1), "an event with two contents");
        Ok(())
    }
}

#[test]
fn what_a_request_committed_is_published_by_somebody() {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_time().start_paused(true).build().unwrap();
    let system = System::new();
    let config = Config { cases: SCHEDULES, failure_persistence: None, ..Config::default() };
    let seed = crate::seed();
    let held = TestRunner::new_with_rng(config, crate::rng(seed, 0, 0)).run(&rounds(), |rounds| {
        *system.wire.lock().unwrap() = Wire::default();
        system.memory.forget();
        runtime.block_on(async {
            system.play(&rounds).await;
            system.check().await
        })
    });
    if let Err(error) = held {
        panic!("{error}\nto repeat this run, set HEADGATE_SEED={seed}");
    }
    let Seen { crashed, published } = *system.seen.lock().unwrap();
    println!("{SCHEDULES} schedules, seed {seed}; {crashed} crashes, {published} outboxes swept");
    assert!(crashed > 50 && published > 50, "the schedules prove little");
}
