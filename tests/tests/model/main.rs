//! Runs random schedules of deliveries, duplicates, overlapping invocations, crashes, faults and lease expiries, and checks the results
//! against a reference model: in memory, where every interleaving is possible, and fewer of them on an emulator, which checks what the
//! interpreter in memory makes of DynamoDB.
//!
//! `HEADGATE_SCHEDULES` sets the number of schedules. `HEADGATE_SEED` repeats a failed run.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stdout)]

mod check;
mod faults;
mod http;
mod interleave;
mod memory;
mod schedule;
mod system;
mod work;

use std::cell::RefCell;

use headgate_e2e::World;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use crate::check::{Seen, holds};
use crate::schedule::{Schedule, schedule};
use crate::system::System;

/// Number of tests that share the schedules.
const SHARDS: u32 = 4;
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

/// The seed of this run.
fn seed() -> u64 {
    let fresh = u64::from(uuid::Uuid::new_v4().as_fields().0);
    std::env::var("HEADGATE_SEED").map_or(fresh, |n| n.parse().unwrap())
}

/// Random numbers of a shard and a round in it.
fn rng(seed: u64, shard: u32, round: u32) -> TestRng {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..12].copy_from_slice(&shard.to_le_bytes());
    bytes[12..16].copy_from_slice(&round.to_le_bytes());
    TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)
}

/// Runs the schedules of one shard.
fn shard(
    number: u32,
    schedules: u32,
    check: impl Fn(&Schedule, &RefCell<Seen>) -> Result<(), TestCaseError>,
) {
    let all: u32 = std::env::var("HEADGATE_SCHEDULES").map_or(schedules, |n| n.parse().unwrap());
    let seed = seed();
    let cases = all.div_ceil(SHARDS);
    let seen = RefCell::new(Seen::default());
    let run = |round: u32, cases: u32| {
        let config =
            Config { cases, max_shrink_iters: 200, failure_persistence: None, ..Config::default() };
        let result = TestRunner::new_with_rng(config, rng(seed, number, round))
            .run(&schedule(), |schedule| check(&schedule, &seen));
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
    let Seen { points, crashes, overlaps, false_alarms } = &*seen.borrow();
    println!(
        "shard {number}: {} schedules, seed {seed}; {overlaps} overlaps, {false_alarms} false alarms; points {points:?}; \
         crashes {crashes:?}",
        cases + 100 * rounds
    );
    if cases >= 500 {
        assert_eq!(missing(), None, "no schedule crashed there");
    }
}

/// On the fleet's tables and bus. Invocations run one after the other.
fn deployed(number: u32) {
    let world = World::new();
    shard(number, 500, |schedule, seen| {
        let system = System::deployed(&world);
        world.block_on(holds(&system, schedule, false, seen))
    });
}

/// In memory, in virtual time.
fn in_memory(number: u32) {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_time().start_paused(true).build().unwrap();
    let system = System::in_memory();
    shard(number, 2_000, |schedule, seen| {
        system.forget();
        runtime.block_on(holds(&system, schedule, true, seen))
    });
}

#[test]
fn final_state_and_events_are_the_models_in_memory_1() {
    in_memory(1);
}

#[test]
fn final_state_and_events_are_the_models_in_memory_2() {
    in_memory(2);
}

#[test]
fn final_state_and_events_are_the_models_in_memory_3() {
    in_memory(3);
}

#[test]
fn final_state_and_events_are_the_models_in_memory_4() {
    in_memory(4);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn final_state_and_events_are_the_models_1() {
    deployed(1);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn final_state_and_events_are_the_models_2() {
    deployed(2);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn final_state_and_events_are_the_models_3() {
    deployed(3);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn final_state_and_events_are_the_models_4() {
    deployed(4);
}
