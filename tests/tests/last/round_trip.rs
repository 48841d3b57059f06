//! The latency of a decision through the API.

use std::time::{Duration, Instant};

use headgate_e2e::{Proposal, World};

/// Number of timed decisions.
const DECISIONS: usize = 200;
/// Number of changes that await a decision at the same time.
const ROUND: usize = 10;
/// Upper limit of the 99th percentile.
const LIMIT: Duration = Duration::from_secs(1);
/// On a slow machine, so many times the 99th percentile of a read.
const READS: u32 = 6;

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
#[allow(clippy::print_stdout)]
fn decisions_take_less_than_a_second() {
    let world = World::new();
    let plan = world.upload("terraform-bot", headgate_e2e::PLAN.as_bytes());
    let (mut decisions, mut reads) = (Times::default(), Times::default());
    // Works in rounds: a hundred open workflows would slow the emulator and distort the times.
    while decisions.0.len() < DECISIONS {
        let proposals: Vec<_> =
            (0..ROUND).map(|_| Proposal::with_plan(&world, "local", &plan)).collect();
        let events: Vec<_> = proposals.iter().map(|p| p.event(2)).collect();
        world.put_events("agent.terraform-bot", &events);
        // All of the round first: reviews of the others would have the processor while people vote.
        let waiting: Vec<_> = proposals
            .iter()
            .map(|p| (p, world.wait_status(&p.change, "awaiting_decision")))
            .collect();
        for (proposal, shown) in &waiting {
            for who in ["alice", "bob"] {
                let path = format!("/v1/changes/{}", proposal.change);
                reads.time(|| world.get(who, &path).ok());
                decisions.time(|| world.vote(who, shown, "approve").ok());
            }
        }
    }
    println!("{} decisions: {decisions}; reads beside them: {reads}", decisions.0.len());
    assert_eq!(decisions.0.len(), DECISIONS);
    let limit = LIMIT.max(reads.at(99) * READS);
    assert!(decisions.at(99) < limit, "p99 is {:?}, limit {limit:?}", decisions.at(99));
}

/// Durations of calls, in order of size.
#[derive(Default)]
struct Times(Vec<Duration>);

impl Times {
    fn time<T>(&mut self, call: impl FnOnce() -> T) {
        let start = Instant::now();
        call();
        let took = start.elapsed();
        let place = self.0.partition_point(|known| *known < took);
        self.0.insert(place, took);
    }

    fn at(&self, percent: usize) -> Duration {
        self.0[self.0.len() * percent / 100 - 1]
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "p50 {:?}, p99 {:?}, max {:?}", self.at(50), self.at(99), self.at(100))
    }
}
