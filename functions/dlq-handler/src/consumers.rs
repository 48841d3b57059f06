//! The deployed consumers with their queues and builds, as Terraform passes them.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::Deserialize;

/// A deployed consumer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deployed {
    /// URL of the queue that it consumes.
    pub queue_url: String,
    /// Its build: version and digest of the zip.
    pub build: String,
    /// How many queues it has, each for a part of the events. The others are called `<name>-part-<n>`.
    #[serde(default = "one")]
    pub queues: u8,
}

fn one() -> u8 {
    1
}

/// All deployed consumers, by function name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Consumers(BTreeMap<String, Deployed>);

impl Consumers {
    /// The consumer with this function name.
    #[must_use]
    pub fn get(&self, consumer: &str) -> Option<&Deployed> {
        self.0.get(consumer)
    }

    /// The consumer of a queue with this name, if there is one.
    #[must_use]
    pub fn of_queue<'a>(&self, queue: &'a str) -> Option<&'a str> {
        if self.0.contains_key(queue) {
            return Some(queue);
        }
        let (consumer, part) = queue.rsplit_once("-part-")?;
        let queues = self.0.get(consumer)?.queues;
        (1..queues).any(|n| n.to_string() == part).then_some(consumer)
    }
}

impl FromStr for Consumers {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(text)
    }
}
