//! The latency of a decision through the API.

use std::time::{Duration, Instant};

use headgate_e2e::{Proposal, World};

/// Number of timed decisions.
const DECISIONS: usize = 200;
/// Number of changes that await a decision at the same time.
const ROUND: usize = 10;
/// Upper limit of the 99th percentile.
const LIMIT: Duration = Duration::from_secs(1);

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
#[allow(clippy::print_stdout)]
fn decisions_take_less_than_a_second() {
    let world = World::new();
    let plan = world.upload("terraform-bot", headgate_e2e::PLAN.as_bytes());
    let mut times = Vec::new();
    // Works in rounds: a hundred open workflows would slow the emulator and distort the times.
    while times.len() < DECISIONS {
        let proposals: Vec<_> =
            (0..ROUND).map(|_| Proposal::with_plan(&world, "local", &plan)).collect();
        let events: Vec<_> = proposals.iter().map(|p| p.event(2)).collect();
        world.put_events("agent.terraform-bot", &events);
        for proposal in &proposals {
            let shown = world.wait_status(&proposal.change, "awaiting_decision");
            for who in ["alice", "bob"] {
                let start = Instant::now();
                world.vote(who, &shown, "approve").ok();
                times.push(start.elapsed());
            }
        }
    }
    times.sort();
    let at = |percent: usize| times[times.len() * percent / 100 - 1];
    println!("{} decisions: p50 {:?}, p99 {:?}, max {:?}", times.len(), at(50), at(99), at(100));
    assert_eq!(times.len(), DECISIONS);
    assert!(at(99) < LIMIT, "p99 is {:?}", at(99));
}
