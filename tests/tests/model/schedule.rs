//! Schedules: which events are delivered when and how often, and which failures are injected.

use proptest::prelude::*;

use crate::faults::{Fault, Plan};

/// The work that an event requires from its consumer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A state transition.
    Plain,
    /// An effect under a lease that may be repeated after a timeout, then the transition.
    PayAgain,
    /// An effect under a lease that may never be repeated, then the transition.
    PayOnce,
    /// Like `PayOnce`, but the effect records when it begins.
    PayBegun,
    /// No work: no build can read the event.
    Poison,
}

/// One invocation.
#[derive(Debug, Clone)]
pub struct Step {
    /// Event numbers of the batch, in any order. An event may occur twice, or have been delivered before.
    pub batch: Vec<usize>,
    /// Index of the failpoint at which the invocation crashes, if it gets that far.
    pub crash_at: Option<usize>,
    /// The failures to inject into AWS requests.
    pub fault: Option<Plan>,
    /// Whether all leases expire before this invocation.
    pub later: bool,
    /// Whether the consumer processes the events of a batch together.
    pub together: bool,
}

/// Events, and the invocations that deliver them.
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
    // Two faults in a row exhaust the SDK's retries, because this client makes two attempts.
    (0..16_usize, 1..4_usize, fault).prop_map(|(from, count, fault)| Plan { from, count, fault })
}

fn step(events: usize) -> impl Strategy<Value = Step> {
    (
        prop::collection::vec(0..events, 1..4),
        prop::option::weighted(0.5, 0..24_usize),
        prop::option::weighted(0.4, fault()),
        prop::bool::weighted(0.3),
        prop::bool::ANY,
    )
        .prop_map(|(batch, crash_at, fault, later, together)| Step {
            batch,
            crash_at,
            fault,
            later,
            together,
        })
}

/// Any schedule of up to four events and six invocations.
pub fn schedule() -> impl Strategy<Value = Schedule> {
    prop::collection::vec(kind(), 1..5).prop_flat_map(|events| {
        prop::collection::vec(step(events.len()), 1..7)
            .prop_map(move |steps| Schedule { events: events.clone(), steps })
    })
}
