//! What is sent.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Options;
use crate::proposal::{PLAN, Proposal};
use crate::world::World;

/// One message.
#[derive(Debug, Clone)]
pub(crate) enum Letter {
    /// Put on the bus.
    Event { kind: String, detail: Value },
    /// Sent to a consumer's queue as it is.
    Raw(String),
}

/// All messages, shuffled, and what they are.
pub(crate) struct Letters {
    pub(crate) all: Vec<Letter>,
    /// Change and its engagement.
    pub(crate) changes: BTreeMap<String, String>,
    waiting: Vec<String>,
    pub(crate) duplicates: usize,
    /// Poison that is on the bus, by what its reason must contain. Two consumers get each of it.
    pub(crate) poison_on_bus: BTreeMap<String, usize>,
    /// Poison that one consumer gets.
    pub(crate) poison_by_hand: usize,
}

impl Letters {
    /// Writes them.
    pub(crate) fn write(world: &World, options: &Options) -> Self {
        let mut chance = fastrand::Rng::with_seed(options.seed);
        let plan = world.upload("terraform-bot", PLAN.as_bytes());
        let mut letters = Self {
            all: Vec::new(),
            changes: BTreeMap::new(),
            waiting: Vec::new(),
            duplicates: options.changes * options.duplicates / 100,
            poison_on_bus: BTreeMap::new(),
            poison_by_hand: 0,
        };
        for n in 0..options.changes {
            let waits = n < options.waiting;
            let environment = if waits { "local" } else { "dev" };
            let proposal = Proposal::with_plan(world, environment, &plan);
            let (kind, detail) = proposal.event(if chance.u8(..10) == 0 { 1 } else { 2 });
            letters.all.push(Letter::Event { kind, detail });
            if waits {
                letters.waiting.push(proposal.change.clone());
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
                    // Each a version of its own, so that each is found by its reason.
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

    /// Changes that wait for people.
    pub(crate) fn waiting(&self) -> Vec<String> {
        self.waiting.clone()
    }

    /// All poison.
    pub(crate) fn poison(&self) -> usize {
        self.poison_on_bus.values().sum::<usize>() + self.poison_by_hand
    }
}
