//! The messages that a storm sends.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Options;
use crate::plan::PLAN;
use crate::proposal::Proposal;
use crate::world::World;

/// One message.
#[derive(Debug, Clone)]
pub(crate) enum Letter {
    /// An event for the bus.
    Event { kind: String, detail: Value },
    /// A body that is sent unchanged to a consumer's queue.
    Raw(String),
}

/// All messages, shuffled, and the totals of each kind.
pub(crate) struct Letters {
    pub(crate) all: Vec<Letter>,
    /// Engagement id by change id.
    pub(crate) changes: BTreeMap<String, String>,
    waiting: Vec<String>,
    /// Changes that are applied, by environment.
    applied: BTreeMap<&'static str, Vec<String>>,
    pub(crate) duplicates: usize,
    /// Number of poison events on the bus, by the text that the quarantine reason must contain. Two consumers
    /// receive each event.
    pub(crate) poison_on_bus: BTreeMap<String, usize>,
    /// Number of poison messages sent straight to one consumer's queue.
    pub(crate) poison_by_hand: usize,
}

impl Letters {
    /// Creates all messages of a storm.
    pub(crate) fn write(world: &World, options: &Options) -> Self {
        let mut chance = fastrand::Rng::with_seed(options.seed);
        let plan = world.upload("terraform-bot", PLAN.as_bytes());
        let mut letters = Self {
            all: Vec::new(),
            changes: BTreeMap::new(),
            waiting: Vec::new(),
            applied: BTreeMap::new(),
            duplicates: options.changes * options.duplicates / 100,
            poison_on_bus: BTreeMap::new(),
            poison_by_hand: 0,
        };
        let engagements: Vec<_> = (0..options.changes.div_ceil(options.per_engagement.max(1)))
            .map(|n| format!("eng-storm-{}-{n}", options.seed))
            .collect();
        for engagement in &engagements {
            world.engage(engagement);
        }
        for n in 0..options.changes {
            let waits = n < options.waiting;
            let environment = if waits { "local" } else { "dev" };
            // Changes of one engagement compete for its timeline.
            let engagement = &engagements[n % engagements.len()];
            let proposal = Proposal::within(world, engagement, environment, &plan);
            let (kind, detail) = proposal.event(if chance.u8(..10) == 0 { 1 } else { 2 });
            letters.all.push(Letter::Event { kind, detail });
            if waits {
                letters.waiting.push(proposal.change.clone());
            }
            if waits || n.is_multiple_of(options.apply_each) {
                letters.applied.entry(environment).or_default().push(proposal.change.clone());
            }
            letters.changes.insert(proposal.change, proposal.engagement);
        }
        for _ in 0..letters.duplicates {
            let copy = letters.all[chance.usize(..options.changes)].clone();
            letters.all.push(copy);
        }
        let spoiled = Proposal::with_plan(world, "dev", &plan);
        for n in 0..options.changes * options.poison / 100 {
            let (kind, mut detail) = spoiled.event(2);
            detail["id"] = json!(uuid::Uuid::new_v4().to_string());
            match n % 3 {
                0 => {
                    // Each event has its own version, so that its quarantine reason is unique.
                    let kind = format!("change.proposed.v{}", 9_000_000 + n);
                    letters.poison_on_bus.insert(format!("`{kind}`"), 1);
                    letters.all.push(Letter::Event { kind, detail });
                }
                1 => {
                    detail["data"]["dossier"].as_object_mut().unwrap().remove("rollback");
                    let reason = "missing field `rollback`".to_owned();
                    *letters.poison_on_bus.entry(reason).or_default() += 1;
                    letters.all.push(Letter::Event { kind, detail });
                }
                _ => {
                    letters.poison_by_hand += 1;
                    letters.all.push(Letter::Raw(format!("this is not JSON, number {n}")));
                }
            }
        }
        chance.shuffle(&mut letters.all);
        letters
    }

    /// Changes that need votes.
    pub(crate) fn waiting(&self) -> Vec<String> {
        self.waiting.clone()
    }

    /// Changes that are applied, by environment.
    pub(crate) fn applied(&self) -> BTreeMap<&'static str, Vec<String>> {
        self.applied.clone()
    }

    /// Whether a change is applied.
    pub(crate) fn is_applied(&self, change: &str) -> bool {
        self.applied.values().flatten().any(|c| c == change)
    }

    /// Number of poison messages.
    pub(crate) fn poison(&self) -> usize {
        self.poison_on_bus.values().sum::<usize>() + self.poison_by_hand
    }
}
