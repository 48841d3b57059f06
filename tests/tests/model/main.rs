//! Runs random schedules of deliveries, duplicates, crashes, faults and lease expiries, and checks the
//! results against a reference model. `HEADGATE_SCHEDULES` sets the total number of schedules (default
//! 2,000). `HEADGATE_SEED` repeats a failed run.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stdout)]

mod faults;
mod schedule;
mod system;

use std::collections::{BTreeMap, BTreeSet};

use headgate_e2e::World;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use crate::schedule::{Kind, Schedule, schedule};
use crate::system::System;

/// Maximum number of fault-free invocations to deliver the remaining events.
const DRAIN: usize = 6;
/// Number of tests that share the schedules.
const SHARDS: u32 = 4;

/// Failpoints that were reached and crashes that happened. They show that the schedules cover every step.
#[derive(Default)]
struct Seen {
    points: BTreeMap<&'static str, u32>,
    crashes: BTreeMap<&'static str, u32>,
}

fn holds(
    system: &System,
    schedule: &Schedule,
    world: &World,
    seen: &mut Seen,
) -> Result<(), TestCaseError> {
    let mut waiting: BTreeSet<usize> = (0..schedule.events.len()).collect();
    let kinds =
        |batch: &[usize]| batch.iter().map(|e| (*e, schedule.events[*e])).collect::<Vec<_>>();
    // Number of crashed or faulty invocations per event. Each may have run the effect without saving its
    // result.
    let mut troubled: BTreeMap<usize, u32> = BTreeMap::new();
    world.block_on(async {
        for step in &schedule.steps {
            if step.later {
                system.advance();
            }
            let run =
                system.deliver(&kinds(&step.batch), step.crash_at, step.fault, step.together).await;
            for point in &run.reached {
                *seen.points.entry(point).or_default() += 1;
            }
            if run.output.is_none() {
                *seen.crashes.entry(run.reached[run.reached.len() - 1]).or_default() += 1;
            }
            if run.output.is_none() || step.fault.is_some() {
                for event in &step.batch {
                    *troubled.entry(*event).or_default() += 1;
                }
            }
            for event in run.output.unwrap_or_default() {
                waiting.remove(&event);
            }
        }
        // Events that were not acknowledged are delivered again until they are.
        for _ in 0..DRAIN {
            if waiting.is_empty() {
                break;
            }
            system.advance();
            let batch: Vec<_> = waiting.iter().copied().collect();
            let run = system.deliver(&kinds(&batch), None, None, false).await;
            for event in run.output.unwrap() {
                waiting.remove(&event);
            }
        }
    });
    proptest::prop_assert!(waiting.is_empty(), "never acknowledged: {waiting:?}");

    let state = world.block_on(system.state());
    let wire = system.wire.lock().unwrap();
    let effects = system.effects.lock().unwrap();
    let begun = system.begun.lock().unwrap();
    let mut expected_state = Vec::new();
    let mut expected_events = BTreeSet::new();
    for (event, kind) in schedule.events.iter().enumerate() {
        let id = system.event(event);
        let dead = wire.dead.contains(&system.body(event, *kind));
        let paid = effects.get(&id).copied().unwrap_or_default();
        let done = match kind {
            Kind::Poison => {
                proptest::prop_assert!(dead, "{id} is poison but not a dead letter");
                false
            }
            Kind::Plain => {
                proptest::prop_assert!(!dead, "{id} is a dead letter");
                true
            }
            Kind::PayAgain => {
                proptest::prop_assert!(!dead, "{id} is a dead letter");
                let most = 1 + troubled.get(&event).copied().unwrap_or_default();
                proptest::prop_assert!((1..=most).contains(&paid), "{id} was paid {paid} times");
                true
            }
            // Paid at most once. If it is unknown whether it was paid, the event is a dead letter for people.
            Kind::PayOnce | Kind::PayBegun => {
                proptest::prop_assert!(paid <= 1, "{id} was paid {paid} times");
                let done = state.contains(&id);
                proptest::prop_assert!(done != dead, "{id}: done {done}, dead letter {dead}");
                proptest::prop_assert!(!done || paid == 1, "{id} is done but was never paid");
                let calm = !troubled.contains_key(&event);
                proptest::prop_assert!(!calm || done, "{id} is a dead letter without a fault");
                // An event whose effect never began must not become a dead letter.
                let began = *kind == Kind::PayOnce || begun.contains(&id);
                proptest::prop_assert!(began || done, "{id} is a dead letter but never began");
                done
            }
        };
        if done {
            expected_state.push(id);
            expected_events.extend(system.outbox(event));
        }
    }
    expected_state.sort();
    proptest::prop_assert_eq!(&state, &expected_state, "state");
    proptest::prop_assert_eq!(&wire.published, &expected_events, "events");
    Ok(())
}

fn shard(number: u32) {
    let world = World::new();
    let all: u32 = std::env::var("HEADGATE_SCHEDULES").map_or(2_000, |n| n.parse().unwrap());
    let fresh = u64::from(uuid::Uuid::new_v4().as_fields().0);
    let seed: u64 = std::env::var("HEADGATE_SEED").map_or(fresh, |n| n.parse().unwrap());
    let cases = all.div_ceil(SHARDS);
    let seen = std::cell::RefCell::new(Seen::default());
    let run = |round: u32, cases: u32| {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        bytes[8..12].copy_from_slice(&number.to_le_bytes());
        bytes[12..16].copy_from_slice(&round.to_le_bytes());
        let config =
            Config { cases, max_shrink_iters: 200, failure_persistence: None, ..Config::default() };
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let result = TestRunner::new_with_rng(config, rng).run(&schedule(), |schedule| {
            holds(&System::new(&world), &schedule, &world, &mut seen.borrow_mut())
        });
        if let Err(error) = result {
            panic!("{error}\nto repeat this run, set HEADGATE_SEED={seed}");
        }
    };
    run(0, cases);
    // The test proves little unless the schedules crash at every failpoint. The rarest one is hit about five times in
    // 500 schedules, and so in one run of a hundred not at all: go on until it is.
    let missing = || POINTS.into_iter().find(|point| !seen.borrow().crashes.contains_key(point));
    let mut rounds = 0;
    while cases >= 500 && missing().is_some() && rounds < MORE_ROUNDS {
        rounds += 1;
        run(rounds, 100);
    }
    let Seen { points, crashes } = &*seen.borrow();
    println!(
        "shard {number}: {} schedules, seed {seed}; points {points:?}; crashes {crashes:?}",
        cases + 100 * rounds
    );
    if cases >= 500 {
        assert_eq!(missing(), None, "no schedule crashed there");
    }
}

/// Most rounds of 100 further schedules.
const MORE_ROUNDS: u32 = 20;

/// Every failpoint between receiving and acknowledging a message.
const POINTS: [&str; 11] = [
    "batch.received",
    "batch.handled",
    "batch.dead_lettered",
    "lease.acquired",
    "lease.begun",
    "lease.effect_done",
    "lease.completed",
    "outbox.decided",
    "outbox.committed",
    "outbox.published",
    "outbox.marked",
];

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn final_state_and_events_are_the_models_1() {
    shard(1);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn final_state_and_events_are_the_models_2() {
    shard(2);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn final_state_and_events_are_the_models_3() {
    shard(3);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn final_state_and_events_are_the_models_4() {
    shard(4);
}
