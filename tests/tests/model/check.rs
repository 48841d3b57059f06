//! Runs a schedule, and checks what came of it against the reference model.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prop_assert;
use proptest::test_runner::TestCaseError;

use crate::faults::{Happened, Wire};
use crate::schedule::{Kind, Schedule};
use crate::system::System;

/// Maximum number of fault-free invocations to deliver the remaining events.
const DRAIN: usize = 6;

/// Receives after which a message that fails by itself is a dead letter.
const ATTEMPTS: u32 = 8;

/// Failpoints that were reached and crashes that happened. They show that the schedules cover every step.
#[derive(Default)]
pub struct Seen {
    pub points: BTreeMap<&'static str, u32>,
    pub crashes: BTreeMap<&'static str, u32>,
    /// Pairs of invocations that overlapped.
    pub overlaps: u32,
    /// Events that were done and are a dead letter: their owner was slower than its lease.
    pub false_alarms: u32,
}

/// What the schedule did to each event.
#[derive(Default)]
struct History {
    /// Invocations that crashed, met a fault, or lost a lease that they still used. Each may have run the effect without saving its
    /// result.
    troubled: BTreeMap<usize, u32>,
    /// Events of an owner that may have worked on after its lease had ended.
    zombies: BTreeSet<usize>,
    waiting: BTreeSet<usize>,
}

/// Runs a schedule and checks its results.
pub async fn holds(
    system: &System,
    schedule: &Schedule,
    overlapping: bool,
    seen: &std::cell::RefCell<Seen>,
) -> Result<(), TestCaseError> {
    let history = played(system, schedule, overlapping, seen).await;
    let waiting = &history.waiting;
    prop_assert!(waiting.is_empty(), "never acknowledged: {waiting:?}");
    let state = system.state().await;
    let wire = system.wire.lock().unwrap();
    let mut expected_state = Vec::new();
    let mut expected_events = BTreeSet::new();
    for (event, kind) in schedule.events.iter().enumerate() {
        if is_done(system, &wire, &history, &state, event, *kind, seen)? {
            expected_state.push(system.event(event));
            expected_events.extend(system.outbox(event));
        }
    }
    expected_state.sort();
    proptest::prop_assert_eq!(&state, &expected_state, "state");
    let published: BTreeSet<_> = wire.published.keys().cloned().collect();
    proptest::prop_assert_eq!(&published, &expected_events, "events");
    for (id, contents) in &wire.published {
        prop_assert!(contents.len() == 1, "{id} was published with {} contents", contents.len());
    }
    // On an emulator, a request may take effect although its sender died before it could be recorded.
    if !overlapping {
        return Ok(());
    }
    prop_assert!(wire.broken.is_empty(), "{:?}", wire.broken);
    in_order(system, schedule, &wire)
}

async fn played(
    system: &System,
    schedule: &Schedule,
    overlapping: bool,
    seen: &std::cell::RefCell<Seen>,
) -> History {
    let mut history =
        History { waiting: (0..schedule.events.len()).collect(), ..History::default() };
    system.begin().await;
    for step in &schedule.steps {
        if step.later {
            system.advance();
        }
        let runs = system.run(&schedule.events, step, overlapping).await;
        let mut seen = seen.borrow_mut();
        seen.overlaps += u32::from(overlapping && runs.len() > 1);
        for (run, invocation) in runs.iter().zip(step.invocations()) {
            for point in &run.reached {
                *seen.points.entry(point).or_default() += 1;
            }
            if run.output.is_none() {
                *seen.crashes.entry(run.reached[run.reached.len() - 1]).or_default() += 1;
            }
            let zombie = step.has_zombie();
            if run.output.is_none() || step.fault.is_some() || zombie {
                for event in &invocation.batch {
                    *history.troubled.entry(*event).or_default() += 1;
                }
            }
            if zombie {
                history.zombies.extend(&invocation.batch);
            }
        }
        history.waiting.retain(|event| !system.is_acknowledged(*event));
    }
    // Events that were not acknowledged are delivered again until they are.
    for _ in 0..DRAIN {
        if history.waiting.is_empty() {
            break;
        }
        system.advance();
        let batch = history.waiting.iter().copied().collect();
        system.redeliver(&schedule.events, batch).await;
        history.waiting.retain(|event| !system.is_acknowledged(*event));
    }
    // What was committed and not published before its message was given up: only the sweeper publishes that.
    for (event, kind) in schedule.events.iter().enumerate() {
        if system.is_dead(event, *kind) {
            system.sweep(event).await;
        }
    }
    history
}

/// Whether an event is done, after checking that it may be.
fn is_done(
    system: &System,
    wire: &Wire,
    history: &History,
    state: &[String],
    event: usize,
    kind: Kind,
    seen: &std::cell::RefCell<Seen>,
) -> Result<bool, TestCaseError> {
    let id = system.event(event);
    let dead = wire.dead.contains(&system.body(event, kind));
    let paid = system.effects.lock().unwrap().get(&id).copied().unwrap_or_default();
    match kind {
        Kind::Poison => {
            prop_assert!(dead, "{id} is poison but not a dead letter");
            Ok(false)
        }
        // A message that fails by itself is given up after so many receives. It may be done nevertheless.
        Kind::Plain | Kind::PayAgain if dead => {
            let received = system.received(event);
            prop_assert!(received >= ATTEMPTS, "{id} is a dead letter after {received} receives");
            Ok(state.contains(&id))
        }
        Kind::Plain => Ok(true),
        Kind::PayAgain => {
            let most = 1 + history.troubled.get(&event).copied().unwrap_or_default();
            prop_assert!((1..=most).contains(&paid), "{id} was paid {paid} times");
            Ok(true)
        }
        // Paid at most once. If it is unknown whether it was paid, the event is a dead letter for people.
        Kind::PayOnce | Kind::PayBegun => {
            prop_assert!(paid <= 1, "{id} was paid {paid} times");
            let done = state.contains(&id);
            let slow = history.zombies.contains(&event);
            let given_up = system.received(event) >= ATTEMPTS;
            let both = done && (slow || given_up);
            prop_assert!(done != dead || both, "{id}: done {done}, dead letter {dead}");
            seen.borrow_mut().false_alarms += u32::from(done && dead);
            prop_assert!(!done || paid == 1, "{id} is done but was never paid");
            let calm = !history.troubled.contains_key(&event);
            prop_assert!(!calm || done, "{id} is a dead letter without a fault");
            // An event whose effect never began must not become a dead letter.
            let began = kind == Kind::PayOnce || system.begun.lock().unwrap().contains(&id);
            prop_assert!(began || done, "{id} is a dead letter but never began");
            Ok(done)
        }
    }
}

/// Checks for each event that it was committed before anything of it was published, and that all of it was published, or it was a
/// dead letter, before its message was acknowledged.
fn in_order(system: &System, schedule: &Schedule, wire: &Wire) -> Result<(), TestCaseError> {
    let first = |what: Happened| wire.trace.iter().position(|happened| *happened == what);
    for (event, kind) in schedule.events.iter().enumerate() {
        let id = system.event(event);
        let committed = first(Happened::Committed(id.clone()));
        let published = system.outbox(event).map(|id| first(Happened::Published(id)));
        let dead = first(Happened::Dead(system.body(event, *kind)));
        let acknowledged = first(Happened::Acknowledged(id.clone()));
        for at in published.iter().flatten() {
            prop_assert!(committed.is_some_and(|c| c < *at), "{id} was published first");
        }
        let told = published.iter().copied().collect::<Option<Vec<_>>>();
        let told = told.and_then(|all| all.into_iter().max());
        let ended = told.into_iter().chain(dead).min();
        let Some(acknowledged) = acknowledged else { continue };
        prop_assert!(
            ended.is_some_and(|ended| ended < acknowledged),
            "{id} was acknowledged first"
        );
    }
    Ok(())
}
