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
}

impl FromStr for Consumers {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(text)
    }
}
