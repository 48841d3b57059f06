//! Schedules: which events are delivered when and how often, and which failures are injected.

use proptest::prelude::*;

use crate::faults::{Fault, Plan};
use crate::interleave::Turn;

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
pub struct Invocation {
    /// Event numbers of the batch, in any order. An event may occur twice, or have been delivered before.
    pub batch: Vec<usize>,
    /// Index of the failpoint at which the invocation crashes, if it gets that far.
    pub crash_at: Option<usize>,
    /// Whether the consumer processes the events of a batch together.
    pub together: bool,
    /// How many seconds its clock is ahead of the other's.
    pub skew: i64,
}

/// One invocation, or two that overlap: the second may be the delivery of a message whose visibility timeout ended too early.
#[derive(Debug, Clone)]
pub struct Step {
    pub first: Invocation,
    pub second: Option<Invocation>,
    /// Which of both goes on, at each point where either could. Emulators cannot be told: there, one runs after the other.
    pub order: Vec<Turn>,
    /// The failures to inject into AWS requests.
    pub fault: Option<Plan>,
    /// Whether all leases expire before this step.
    pub later: bool,
}

impl Step {
    /// One invocation without crashes and faults.
    pub fn calm(batch: Vec<usize>) -> Self {
        let first = Invocation { batch, crash_at: None, together: false, skew: 0 };
        Self { first, second: None, order: Vec::new(), fault: None, later: false }
    }

    pub fn invocations(&self) -> impl Iterator<Item = &Invocation> {
        std::iter::once(&self.first).chain(&self.second)
    }

    /// Whether a lease may end while its owner still works.
    pub fn has_zombie(&self) -> bool {
        let skewed = self.invocations().any(|i| i.skew != 0);
        self.second.is_some() && (skewed || self.order.contains(&Turn::Clock))
    }
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

pub fn fault() -> impl Strategy<Value = Plan> {
    let fault = prop_oneof![
        Just(Fault::Throttled),
        Just(Fault::ServerError),
        Just(Fault::AnswerLost),
        Just(Fault::EntryTurnedAway),
        Just(Fault::Conflict),
        Just(Fault::Busy),
        Just(Fault::Refused),
    ];
    // Two faults in a row exhaust the SDK's retries, because this client makes two attempts. Ten conflicts and four rejected entries exhaust
    // those of the code under test.
    let anywhere = (0..16_usize, 1..4_usize, Just(None));
    let only = prop_oneof![
        Just("TransactWriteItems"),
        Just("UpdateItem"),
        Just("GetItem"),
        Just("PutEvents"),
    ];
    let again = (0..3_usize, 1..13_usize, only.prop_map(Some));
    (prop_oneof![anywhere, again], fault).prop_map(|((from, count, only), fault)| Plan {
        from,
        count,
        fault,
        only,
    })
}

fn invocation(events: usize) -> impl Strategy<Value = Invocation> {
    (
        prop::collection::vec(0..events, 1..4),
        prop::option::weighted(0.5, 0..24_usize),
        prop::bool::ANY,
        prop_oneof![3 => Just(0), 1 => -40..40_i64],
    )
        .prop_map(|(batch, crash_at, together, skew)| Invocation {
            batch,
            crash_at,
            together,
            skew,
        })
}

fn turn() -> impl Strategy<Value = Turn> {
    prop_oneof![4 => Just(Turn::First), 4 => Just(Turn::Second), 1 => Just(Turn::Clock)]
}

/// Turns in bursts: one side often sleeps while the other does everything.
pub fn order() -> impl Strategy<Value = Vec<Turn>> {
    prop::collection::vec((turn(), 1..40_usize), 0..8).prop_map(|bursts| {
        let burst = |(turn, n): (Turn, usize)| vec![turn; if turn == Turn::Clock { 1 } else { n }];
        bursts.into_iter().flat_map(burst).collect()
    })
}

/// An owner that sleeps until its lease has ended and another one has done its work. By chance alone, that is rare.
fn zombie(events: usize) -> impl Strategy<Value = Step> {
    (invocation(events), 1..40_usize, prop::bool::ANY).prop_map(|(first, asleep, later)| {
        let first = Invocation { crash_at: None, together: false, skew: 0, ..first };
        let mut order = vec![Turn::First; asleep];
        order.push(Turn::Clock);
        order.extend([Turn::Second; 200]);
        Step { second: Some(first.clone()), first, order, fault: None, later }
    })
}

fn step(events: usize) -> impl Strategy<Value = Step> {
    prop_oneof![8 => any_step(events), 1 => zombie(events)]
}

fn any_step(events: usize) -> impl Strategy<Value = Step> {
    (
        invocation(events),
        prop::option::weighted(0.4, invocation(events)),
        order(),
        prop::option::weighted(0.4, fault()),
        prop::bool::weighted(0.3),
    )
        .prop_map(|(first, second, order, fault, later)| Step {
            first,
            second,
            order,
            fault,
            later,
        })
}

/// Any schedule of up to four events and six invocations.
pub fn schedule() -> impl Strategy<Value = Schedule> {
    prop::collection::vec(kind(), 1..5).prop_flat_map(|events| {
        prop::collection::vec(step(events.len()), 1..7)
            .prop_map(move |steps| Schedule { events: events.clone(), steps })
    })
}
