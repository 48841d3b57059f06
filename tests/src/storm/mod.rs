//! A storm: thousands of changes, duplicates and poison at once, while functions are killed.

mod approve;
mod ending;
mod heard;
mod kill;
mod letters;
mod report;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

pub use report::Report;

use crate::world::World;
use ending::Ending;
use heard::Heard;
use letters::{Letter, Letters};

/// What kind of storm.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Different changes.
    pub changes: usize,
    /// Of these, changes that wait for people.
    pub waiting: usize,
    /// Copies of proposals, in percent of the changes.
    pub duplicates: usize,
    /// Messages that nobody can process, in percent of the changes.
    pub poison: usize,
    /// Most changes that are on their way at a time: an emulator looks through a whole queue for every
    /// receive, and stands still in front of long ones.
    pub window: usize,
    /// Group of the emulator's processes, in which functions are killed.
    pub process_group: i32,
    /// Where chance comes from.
    pub seed: u64,
    /// Longest time until everything is at its end.
    pub patience: Duration,
}

/// Everything that the threads of a storm share.
pub(crate) struct Shared {
    pub(crate) over: AtomicBool,
    pub(crate) heard: Mutex<Heard>,
}

/// Raises a storm and waits until it is over.
///
/// # Errors
/// What did not come to its end in time.
pub fn storm(options: &Options) -> Result<Report, String> {
    let world = World::new();
    let letters = Letters::write(&world, options);
    let shared =
        Arc::new(Shared { over: AtomicBool::new(false), heard: Mutex::new(Heard::default()) });
    let begun = Instant::now();
    // Listens before anything is said.
    let tap = heard::listen(&world, &shared);
    let killer = kill::kill(options, &shared);
    let approver = approve::approve(letters.waiting(), &shared);
    send(&world, &letters, &shared, options);
    let sending = begun.elapsed();
    let ending = Ending { world: &world, letters: &letters, shared: &shared };
    let result = ending.wait(begun + options.patience);
    shared.over.store(true, Ordering::SeqCst);
    let killed = killer.join().map_err(|_| "the killer died")?;
    approver.join().map_err(|_| "the approver died")?;
    tap.join().map_err(|_| "the listener died")?;
    let redriven = result?;
    report::report(&ending, killed, redriven, sending, begun.elapsed())
}

/// Sends everything, in an order that nobody planned.
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
            if changes.len() < decided + options.window || Instant::now() > end {
                report::say(&format!("sent {sent} of {}, {decided} decided", letters.all.len()));
                break;
            }
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}
