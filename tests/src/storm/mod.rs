//! A storm: sends thousands of changes, duplicates and poison messages while functions are killed.

mod apply;
mod approve;
mod ending;
mod engage;
mod figures;
mod heard;
mod kill;
mod letters;
mod patient;
mod progress;
mod report;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

pub use report::Report;

use crate::world::World;
use ending::Ending;
use heard::Heard;
use letters::{Letter, Letters};

/// Most messages in all queues while more are sent. An emulator scans the whole queue for every receive: with thousands in the queue of
/// `metrics-finalizer`, each fact takes so long that the queue only grows.
const MOST_QUEUED: u64 = 1_500;

/// The size and settings of a storm.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Number of distinct changes.
    pub changes: usize,
    /// Changes in an engagement.
    pub per_engagement: usize,
    /// Number of these changes that need votes.
    pub waiting: usize,
    /// One of so many of the other changes is applied. All that need votes are applied.
    pub apply_each: usize,
    /// Duplicate proposals, in percent of `changes`.
    pub duplicates: usize,
    /// Messages that no consumer can process, in percent of `changes`.
    pub poison: usize,
    /// Maximum number of undecided changes at a time.
    pub window: usize,
    /// Number of engagements that go on beside the changes.
    pub engagements: usize,
    /// Process group of the emulator. Functions in it are killed.
    pub process_group: i32,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Longest time from the first message until the storm is over.
    pub patience: Duration,
}

/// State shared by the threads of a storm.
pub(crate) struct Shared {
    pub(crate) over: AtomicBool,
    pub(crate) heard: Mutex<Heard>,
    /// Changes whose permits expired before they were used, and how many did.
    pub(crate) replaced: Mutex<BTreeMap<String, usize>>,
}

/// Runs a storm and waits until it is over.
///
/// # Errors
/// If the storm does not end in time, with the work that is left; or if one of its threads panics.
pub fn storm(options: &Options) -> Result<Report, String> {
    let world = patient::world();
    let letters = Letters::write(&world, options);
    let shared = Arc::new(Shared {
        over: AtomicBool::new(false),
        heard: Mutex::new(Heard::default()),
        replaced: Mutex::default(),
    });
    let cast = engage::Cast::of(&world, options.engagements);
    let begun = Instant::now();
    // Starts listening before the first message is sent.
    let tap = heard::listen(&world, &shared);
    let killer = kill::kill(options, &shared);
    let approver = approve::approve(letters.waiting(), &shared);
    let executors = apply::apply(letters.applied(), &shared);
    let agents = cast.engage(&shared);
    send(&world, &letters, &shared, options);
    let sending = begun.elapsed();
    let ending = Ending { world: &world, letters: &letters, engaged: &cast.all, shared: &shared };
    let result = ending.wait(begun + options.patience);
    shared.over.store(true, Ordering::SeqCst);
    let killed = killer.join().map_err(|_| "the killer died")?;
    approver.join().map_err(|_| "the approver died")?;
    for agent in agents {
        agent.join().map_err(|_| "an agent died")?;
    }
    for executor in executors {
        executor.join().map_err(|_| "an executor died")?;
    }
    tap.join().map_err(|_| "the listener died")?;
    let redriven = result?;
    report::report(&ending, killed, redriven, sending, begun.elapsed())
}

/// Sends all messages in their shuffled order. Pauses while too many changes are undecided, or too many messages are queued.
fn send(world: &World, letters: &Letters, shared: &Shared, options: &Options) {
    let queue = world.output("/queues/intake/queue");
    let queue = queue.rsplit(':').next().unwrap();
    let end = Instant::now() + options.patience;
    let mut changes = BTreeSet::new();
    let mut sent = 0;
    for hundred in letters.all.chunks(100) {
        let mut on_the_bus = Vec::new();
        let mut by_hand = Vec::new();
        for letter in hundred {
            match letter {
                Letter::Event { kind, detail } => {
                    changes.extend(detail["subject"].as_str().map(str::to_owned));
                    on_the_bus.push((kind.clone(), detail.clone()));
                }
                Letter::Raw(body) => by_hand.push(body.clone()),
            }
        }
        world.put_events("agent.terraform-bot", &on_the_bus);
        for ten in by_hand.chunks(10) {
            world.send_batch(queue, ten);
        }
        sent += hundred.len();
        loop {
            let decided = shared.heard.lock().unwrap().decided();
            let is_free =
                || changes.len() < decided + options.window && world.queued() < MOST_QUEUED;
            if Instant::now() > end || is_free() {
                progress::say(&format!("sent {sent} of {}, {decided} decided", letters.all.len()));
                break;
            }
            std::thread::sleep(Duration::from_secs(1));
        }
    }
}
