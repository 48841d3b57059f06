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
/// Messages of a batch.
const BATCH: usize = 100;
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
/// Microseconds of a transaction of a hundred items.
const COMMIT: u64 = 40_000;
/// Microseconds between the end of a batch and the next: Lambda deletes and receives messages meanwhile.
const BETWEEN: u64 = 10_000;
/// Microseconds of a whole CPU for a fact: reading, deciding, writing.
const CPU: u64 = 1_000;
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
    memory: u64,
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
    ready: bool,
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
        let Fleet { engagements, queues, .. } = self.fleet;
        let queue = u32::try_from(instance).unwrap_or_default() % queues;
        let of_queue: Vec<_> = (0..engagements).filter(|e| e % PARTS % queues == queue).collect();
        let mut parts: BTreeMap<u32, Vec<Fact>> = BTreeMap::new();
        for _ in 0..BATCH {
            let Some(engagement) = self.chance.choice(&of_queue).copied() else { continue };
            let counted = self.chance.u32(0..FACTS) < COUNTED;
            let agent = counted.then(|| self.chance.u32(0..AGENTS));
            parts.entry(engagement % PARTS).or_default().push((engagement, agent));
        }
        let most = BATCH.div_ceil(WORTH_A_GROUP).min(parts.len());
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

    /// The next step of a group: its transaction is committed, is ready to be sent, or is to be computed.
    fn step(&mut self, n: usize, now: u64) {
        let Some(group) = self.groups.get_mut(n) else { return };
        let Some((free, open)) = self.instances.get_mut(group.instance) else { return };
        let committed = std::mem::take(&mut group.committing);
        if !committed.is_empty() {
            let done = group.left.len().min(TOGETHER);
            group.left.drain(..done);
            self.recorded += done as u64;
            group.attempts = 0;
            for item in committed {
                self.changed.insert(item, (now, n));
                self.busy.remove(&item);
            }
            if group.left.is_empty() {
                *open -= 1;
                if *open == 0 {
                    let instance = group.instance;
                    self.receive(instance, now + BETWEEN);
                }
                return;
            }
        }
        let facts = group.left.get(..TOGETHER).unwrap_or(&group.left);
        group.ready = !group.ready;
        if group.ready {
            let cpu = facts.len() as u64 * CPU * WHOLE_CPU;
            let cpu = cpu.checked_div(self.fleet.memory.min(WHOLE_CPU)).unwrap_or_default();
            *free = now.max(*free) + cpu;
            self.next.push(Reverse((*free, n)));
            return;
        }
        let wanted = items(facts);
        // A group knows what it has written itself.
        let old = |item: &Item| {
            self.changed.get(item).is_some_and(|(at, by)| *at > group.read_at && *by != n)
        };
        self.tried += 1;
        if wanted.iter().any(|item| self.busy.contains(item) || old(item)) {
            self.failed += 1;
            // Full jitter. A transaction that fails takes as long as one that does not.
            group.attempts = (group.attempts + 1).min(7);
            let wait = COMMIT + self.chance.u64(0..10_000 << group.attempts);
            group.read_at = now + wait;
            self.next.push(Reverse((now + wait + READS * READ, n)));
            return;
        }
        self.busy.extend(&wanted);
        group.committing = wanted;
        self.next.push(Reverse((now + COMMIT, n)));
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
    println!(
        "| busy engagements | queues | instances of each | memory, MB | changes a second | transactions that fail |"
    );
    println!("|---|---|---|---|---|---|");
    for engagements in [50, 200, 1000] {
        for (queues, instances, memory) in [
            (1, 2, 256),
            (1, 2, 1769),
            (1, 8, 1769),
            (4, 2, 1769),
            (8, 2, 1769),
            (8, 4, 1769),
            (8, 6, 1769),
        ] {
            let found = simulate(Fleet { engagements, queues, instances, memory }, 1);
            println!(
                "| {engagements} | {queues} | {instances} | {memory} | {:.0} | {:.0} % |",
                found.changes_per_second,
                100.0 * found.failed
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(engagements: u32, queues: u32, instances: u32) -> Found {
        simulate(Fleet { engagements, queues, instances, memory: 1769 }, 7)
    }

    /// Alone and with one engagement, an instance needs 40 ms for reads, 100 ms to compute, four times 40 ms for transactions, and 10 ms
    /// between: 100 facts in 310 ms.
    #[test]
    fn a_single_instance_is_as_fast_as_its_calls() {
        let alone = found(1, 1, 1);
        assert_eq!(alone.failed, 0.0);
        let expected = 100.0 / 0.310 / 9.0;
        assert!((alone.changes_per_second / expected - 1.0).abs() < 0.02, "{alone:?} {expected}");
    }

    #[test]
    fn instances_that_share_one_engagement_are_hardly_faster_than_one() {
        let (one, four) = (found(1, 1, 1), found(1, 1, 4));
        assert!(four.changes_per_second < 2.0 * one.changes_per_second, "{one:?} {four:?}");
        assert!(four.failed > 0.3, "{four:?}");
    }

    #[test]
    fn queues_of_their_own_do_not_disturb_each_other() {
        let (one, eight) = (found(160, 1, 1), found(160, 8, 1));
        assert_eq!((one.failed, eight.failed), (0.0, 0.0));
        assert!(eight.changes_per_second > 4.0 * one.changes_per_second, "{one:?} {eight:?}");
    }
}
