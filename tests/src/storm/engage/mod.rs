//! The engagements of a storm: agents that report, and people who decide.

mod outcome;
mod script;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::{Shared, patient};
use crate::world::World;

pub(crate) use outcome::Outcome;
use script::{QUESTION, Script, Uploads};

/// Number of threads that carry engagements on.
const THREADS: usize = 2;
/// An engagement of which nothing is heard is looked at again after this time.
const AGAIN: Duration = Duration::from_secs(15);
/// One of so many engagements goes through all six phases, with everything that goes wrong on the way; the others have two phases.
const WHOLE_EACH: usize = 12;

/// An engagement of a storm.
#[derive(Debug, Clone)]
pub(crate) struct Carried {
    pub(crate) id: String,
    /// Whether it has all six phases.
    pub(crate) whole: bool,
}

/// The engagements of a storm. What their agents hand in is uploaded now, while nothing is killed.
pub(crate) struct Cast {
    pub(crate) all: Vec<Carried>,
    uploads: Arc<Uploads>,
}

impl Cast {
    pub(crate) fn of(world: &World, count: usize) -> Self {
        let all = (0..count).map(|n| Carried { id: world.id("eng"), whole: n % WHOLE_EACH == 0 });
        let all: Vec<_> = all.collect();
        let uploads = if all.is_empty() { Uploads::default() } else { Uploads::make(world) };
        Self { all, uploads: Arc::new(uploads) }
    }

    /// Carries every engagement to its end, until all are there or the storm is over. Requests that fail because a function was killed are sent
    /// again.
    pub(crate) fn engage(&self, shared: &Arc<Shared>) -> Vec<JoinHandle<()>> {
        let part = |n: usize| self.all.iter().skip(n).step_by(THREADS).cloned().collect::<Vec<_>>();
        let carry = |mine: Vec<Carried>| {
            let (shared, uploads) = (Arc::clone(shared), Arc::clone(&self.uploads));
            std::thread::spawn(move || carry(mine, &shared, &uploads))
        };
        (0..THREADS).map(|n| carry(part(n))).collect()
    }
}

fn carry(mine: Vec<Carried>, shared: &Shared, uploads: &Uploads) {
    let world = patient::world();
    let mut open: Vec<_> = mine.into_iter().map(|carried| (carried, None)).collect();
    while !open.is_empty() && !shared.over.load(Ordering::SeqCst) {
        for (carried, seen) in &mut open {
            // Looks when something was heard, and now and then: looking all the time would be most of the load.
            let (heard, reminded) = {
                let heard = shared.heard.lock().unwrap();
                let question = format!("{}/{QUESTION}", carried.id);
                (heard.said(&carried.id), heard.count(&question, "interrupt.reminded") > 0)
            };
            let is_due = |(said, at): &(usize, Instant)| *said != heard || at.elapsed() > AGAIN;
            if seen.as_ref().is_none_or(is_due) {
                Script { world: &world, carried, uploads, reminded }.step();
                *seen = Some((heard, Instant::now()));
            }
        }
        let heard = shared.heard.lock().unwrap();
        open.retain(|(carried, _)| heard.count(&carried.id, "engagement.completed") == 0);
        drop(heard);
        std::thread::sleep(Duration::from_millis(500));
    }
}
