//! Schedules: what is delivered when, how often, and what goes wrong meanwhile.

use proptest::prelude::*;

use crate::faults::{Fault, Plan};

/// What an event asks of its consumer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A state transition.
    Plain,
    /// An effect under a claim that may be repeated after a timeout, then the transition.
    PayAgain,
    /// An effect under a claim that may never be repeated, then the transition.
    PayOnce,
    /// The same, where the effect says when it begins.
    PayBegun,
    /// Nothing: no build can read it.
    Poison,
}

/// One invocation.
#[derive(Debug, Clone)]
pub struct Step {
    /// Events of the batch, by number: in any order, some of them twice or for the second time.
    pub batch: Vec<usize>,
    /// Number of the failpoint at which it dies, if it gets so far.
    pub crash_at: Option<usize>,
    /// What AWS does wrong.
    pub fault: Option<Plan>,
    /// Whether all leases end before it.
    pub later: bool,
}

/// Events and invocations.
#[derive(Debug, Clone)]
pub struct Schedule {
    pub events: Vec<Kind>,
    pub steps: Vec<Step>,
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        3 => Just(Kind::Plain),
        2 => Just(Kind::PayAgain),
        2 => Just(Kind::PayOnce),
        2 => Just(Kind::PayBegun),
        1 => Just(Kind::Poison),
    ]
}

fn fault() -> impl Strategy<Value = Plan> {
    let fault = prop_oneof![
        Just(Fault::Throttled),
        Just(Fault::ServerError),
        Just(Fault::AnswerLost),
        Just(Fault::EntryTurnedAway),
    ];
    // Two in a row outlast the SDK's own retries here.
    (0..16_usize, 1..4_usize, fault).prop_map(|(from, count, fault)| Plan { from, count, fault })
}

fn step(events: usize) -> impl Strategy<Value = Step> {
    (
        prop::collection::vec(0..events, 1..4),
        prop::option::weighted(0.5, 0..24_usize),
        prop::option::weighted(0.4, fault()),
        prop::bool::weighted(0.3),
    )
        .prop_map(|(batch, crash_at, fault, later)| Step { batch, crash_at, fault, later })
}

/// Any schedule of up to four events and six invocations.
pub fn schedule() -> impl Strategy<Value = Schedule> {
    prop::collection::vec(kind(), 1..5).prop_flat_map(|events| {
        prop::collection::vec(step(events.len()), 1..7)
            .prop_map(move |steps| Schedule { events: events.clone(), steps })
    })
}
