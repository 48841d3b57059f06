//! `cargo xtask bench scaling`: simulates how many changes a second `metrics-finalizer` can record on AWS, by engagements, queues and memory.
//!
//! Each instance does what the function does: it receives a batch of its queue and divides it into groups by the parts of the
//! engagements. The groups run at the same time: each reads what it needs, and commits it in transactions of thirty facts, one engagement after
//! another, in another order each time. A transaction fails if another one has changed an item since it was read, or is about to; then the
//! group waits, and reads again what is left. All groups of an instance share its CPU. Time is simulated. How long calls take is
//! assumed, because nobody has run this on an account; `bench throughput` measures the CPU of a fact.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// Facts of a change.
const FACTS: u32 = 9;
/// Fewest messages for another group, see `shared/aws/outbox/src/consume_together.rs`.
const WORTH_A_GROUP: usize = 10;
/// Facts of a transaction: their items are up to 100, the most that DynamoDB allows.
const TOGETHER: usize = 30;
/// Agents that share the work of all engagements.
const AGENTS: u32 = 10;
/// Facts of a change that count in the figures of its agent: the review and the report of its apply.
const COUNTED: u32 = 2;
/// Parts of a fleet's engagements, and of an agent's figures.
const PARTS: u32 = 16;
/// Reads before the first transaction, one after another: origins, markers, and what the facts need in two tables.
const READS: u64 = 4;
/// Microseconds of such a read, of up to a hundred items.
const READ: u64 = 10_000;
/// Milliseconds of a transaction of a hundred items. AWS does not say how long it takes, so each row of the table has three results.
const COMMITS: [u64; 3] = [20, 40, 60];
/// Microseconds between the end of a batch and the next, for each message of it: Lambda deletes and receives messages meanwhile, ten at a time.
const BETWEEN: u64 = 100;
/// Microseconds to publish what a transaction has ended, and to note that. The next ones do not wait for it, but the end of a batch does.
const PUBLISH: u64 = 25_000;
/// Microseconds of a whole CPU for a fact: reading, deciding, writing.
const CPU: u64 = 700;
/// Memory with which a function has a whole CPU, in MB.
const WHOLE_CPU: u64 = 1_769;
/// Microseconds that are simulated.
const TIME: u64 = 30_000_000;

/// A fleet under load: there are always messages in every queue.
#[derive(Debug, Clone, Copy)]
struct Fleet {
    engagements: u32,
    queues: u32,
    instances: u32,
    /// Messages of a batch.
    batch: usize,
    /// In MB.
    memory: u64,
    /// Microseconds of a transaction.
    commit: u64,
}

/// What a simulation found.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Found {
    changes_per_second: f64,
    /// Share of the transactions that others made fail.
    failed: f64,
}

/// An item that several transactions change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Item {
    Timeline(u32),
    Scorecard(u32, u32),
}

/// A fact: its engagement, and the agent whose figures it changes.
type Fact = (u32, Option<u32>);

fn items(facts: &[Fact]) -> BTreeSet<Item> {
    let of = |(engagement, agent): &Fact| {
        let scorecard = agent.map(|agent| Item::Scorecard(agent, engagement % PARTS));
        std::iter::once(Item::Timeline(*engagement)).chain(scorecard)
    };
    facts.iter().flat_map(of).collect()
}

/// A group of a batch.
#[derive(Debug, Default)]
struct Group {
    left: Vec<Fact>,
    instance: usize,
    read_at: u64,
    /// When the CPU has decided the next transaction; `None` before it has begun.
    decided_at: Option<u64>,
    committing: BTreeSet<Item>,
    attempts: u32,
}

/// The world: what was changed, and what is about to be.
struct World {
    fleet: Fleet,
    chance: fastrand::Rng,
    groups: Vec<Group>,
    /// When the CPU of an instance is free, and how many of its groups are not done.
    instances: Vec<(u64, usize)>,
    /// When an item was changed last, and by which group.
    changed: BTreeMap<Item, (u64, usize)>,
    busy: BTreeSet<Item>,
    next: BinaryHeap<Reverse<(u64, usize)>>,
    recorded: u64,
    tried: u64,
    failed: u64,
}

impl World {
    /// An instance receives a batch, and its groups begin to read.
    fn receive(&mut self, instance: usize, now: u64) {
        let Fleet { engagements, queues, batch, .. } = self.fleet;
        let queue = u32::try_from(instance).unwrap_or_default() % queues;
        let of_queue: Vec<_> = (0..engagements).filter(|e| e % PARTS % queues == queue).collect();
        let mut parts: BTreeMap<u32, Vec<Fact>> = BTreeMap::new();
        for _ in 0..batch {
            let Some(engagement) = self.chance.choice(&of_queue).copied() else { continue };
            let counted = self.chance.u32(0..FACTS) < COUNTED;
            let agent = counted.then(|| self.chance.u32(0..AGENTS));
            parts.entry(engagement % PARTS).or_default().push((engagement, agent));
        }
        let most = batch.div_ceil(WORTH_A_GROUP).min(parts.len());
        let mut groups: Vec<Vec<Fact>> = vec![Vec::new(); most];
        for (n, part) in parts.into_values().enumerate() {
            if let Some(group) = groups.get_mut(n % most) {
                group.extend(part);
            }
        }
        for mut left in groups {
            let order = self.chance.u32(..);
            left.sort_by_key(|(engagement, _)| (engagement ^ order).wrapping_mul(0x9e37_79b9));
            let group = Group { left, instance, read_at: now, ..Group::default() };
            self.next.push(Reverse((now + READS * READ, self.groups.len())));
            self.groups.push(group);
            if let Some((_, open)) = self.instances.get_mut(instance) {
                *open += 1;
            }
        }
    }

    /// Begins to decide the next transaction of a group, after `done` facts. Returns when the CPU is done with it.
    fn decide(&mut self, n: usize, done: usize, now: u64) -> Option<u64> {
        let group = self.groups.get(n)?;
        let (free, _) = self.instances.get_mut(group.instance)?;
        let facts = group.left.len().saturating_sub(done).min(TOGETHER) as u64;
        let cpu = (facts * CPU * WHOLE_CPU).checked_div(self.fleet.memory.min(WHOLE_CPU))?;
        *free = now.max(*free) + cpu;
        Some(*free)
    }

    /// A transaction of a group has ended.
    fn committed(&mut self, n: usize, now: u64) {
        let Some(group) = self.groups.get_mut(n) else { return };
        let done = group.left.len().min(TOGETHER);
        group.left.drain(..done);
        group.attempts = 0;
        self.recorded += done as u64;
        for item in std::mem::take(&mut group.committing) {
            self.changed.insert(item, (now, n));
            self.busy.remove(&item);
        }
    }

    /// The next step of a group.
    fn step(&mut self, n: usize, now: u64) {
        let Some(group) = self.groups.get(n) else { return };
        if !group.committing.is_empty() {
            self.committed(n, now);
        }
        let Some(group) = self.groups.get(n) else { return };
        let instance = group.instance;
        if group.left.is_empty() {
            let Some((_, open)) = self.instances.get_mut(instance) else { return };
            *open -= 1;
            if *open == 0 {
                let between = BETWEEN * self.fleet.batch as u64;
                self.receive(instance, now + PUBLISH + between);
            }
            return;
        }
        let decided = group.decided_at.or_else(|| self.decide(n, 0, now)).unwrap_or(now);
        if let Some(group) = self.groups.get_mut(n) {
            group.decided_at = Some(decided);
        }
        if decided > now {
            self.next.push(Reverse((decided, n)));
            return;
        }
        self.send(n, now);
    }

    /// Sends the transaction that was decided. Meanwhile the next one is decided.
    fn send(&mut self, n: usize, now: u64) {
        let Some(group) = self.groups.get(n) else { return };
        let wanted = items(group.left.get(..TOGETHER).unwrap_or(&group.left));
        // A group knows what it has written itself.
        let old = |item: &Item| {
            self.changed.get(item).is_some_and(|(at, by)| *at > group.read_at && *by != n)
        };
        self.tried += 1;
        if wanted.iter().any(|item| self.busy.contains(item) || old(item)) {
            self.failed += 1;
            let Some(group) = self.groups.get_mut(n) else { return };
            // Full jitter. A transaction that fails takes as long as one that does not.
            group.attempts = (group.attempts + 1).min(7);
            let wait = self.fleet.commit + self.chance.u64(0..10_000 << group.attempts);
            group.read_at = now + wait;
            group.decided_at = None;
            self.next.push(Reverse((now + wait + READS * READ, n)));
            return;
        }
        self.busy.extend(&wanted);
        let decided_at = self.decide(n, TOGETHER, now);
        let Some(group) = self.groups.get_mut(n) else { return };
        group.decided_at = decided_at;
        group.committing = wanted;
        self.next.push(Reverse((now + self.fleet.commit, n)));
    }
}

/// Simulates a fleet.
#[allow(clippy::cast_precision_loss)]
fn simulate(fleet: Fleet, seed: u64) -> Found {
    let instances = (fleet.queues * fleet.instances) as usize;
    let mut world = World {
        fleet,
        chance: fastrand::Rng::with_seed(seed),
        groups: Vec::new(),
        instances: vec![(0, 0); instances],
        changed: BTreeMap::new(),
        busy: BTreeSet::new(),
        next: BinaryHeap::new(),
        recorded: 0,
        tried: 0,
        failed: 0,
    };
    for instance in 0..instances {
        world.receive(instance, instance as u64);
    }
    while let Some(Reverse((now, n))) = world.next.pop() {
        if now > TIME {
            break;
        }
        world.step(n, now);
    }
    let seconds = TIME as f64 / 1e6;
    Found {
        changes_per_second: world.recorded as f64 / f64::from(FACTS) / seconds,
        failed: world.failed as f64 / world.tried.max(1) as f64,
    }
}

/// Prints the table of `docs/scaling.md`.
pub fn scaling() {
    let [first, second, third] = COMMITS;
    println!(
        "| busy engagements | queues | batches of each at once | messages of a batch | memory, MB | changes a second, if a transaction takes {first} ms | {second} ms | {third} ms | transactions that fail |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for engagements in [50, 1000] {
        for (queues, instances, batch, memory) in [
            (1, 2, 100, 512),
            (1, 2, 1000, 1769),
            (2, 2, 1000, 1769),
            (4, 2, 1000, 1769),
            (8, 2, 1000, 1769),
            (8, 4, 1000, 1769),
        ] {
            let found = COMMITS.map(|ms| {
                let commit = 1_000 * ms;
                simulate(Fleet { engagements, queues, instances, batch, memory, commit }, 1)
            });
            let [fast, usual, slow] = found;
            println!(
                "| {engagements} | {queues} | {instances} | {batch} | {memory} | {:.0} | {:.0} | {:.0} | {:.0} % |",
                fast.changes_per_second,
                usual.changes_per_second,
                slow.changes_per_second,
                100.0 * usual.failed
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(engagements: u32, queues: u32, instances: u32) -> Found {
        let (batch, memory, commit) = (100, 1769, 40_000);
        simulate(Fleet { engagements, queues, instances, batch, memory, commit }, 7)
    }

    /// Alone and with one engagement, an instance needs 40 ms for reads, 21 ms to decide the first transaction, four times 40 ms for
    /// transactions, while it decides the next, 25 ms to publish, and 10 ms between: 100 facts in 256 ms.
    #[test]
    fn a_single_instance_is_as_fast_as_its_calls() {
        let alone = found(1, 1, 1);
        assert_eq!(alone.failed, 0.0);
        let expected = 100.0 / 0.256 / 9.0;
        assert!((alone.changes_per_second / expected - 1.0).abs() < 0.02, "{alone:?} {expected}");
    }

    #[test]
    fn instances_that_share_one_engagement_are_hardly_faster_than_one() {
        let (one, four) = (found(1, 1, 1), found(1, 1, 4));
        assert!(four.changes_per_second < 1.5 * one.changes_per_second, "{one:?} {four:?}");
        assert!(four.failed > 0.1, "{four:?}");
    }

    #[test]
    fn queues_of_their_own_do_not_disturb_each_other() {
        let (one, eight) = (found(160, 1, 1), found(160, 8, 1));
        assert_eq!((one.failed, eight.failed), (0.0, 0.0));
        assert!(eight.changes_per_second > 4.0 * one.changes_per_second, "{one:?} {eight:?}");
    }
}
