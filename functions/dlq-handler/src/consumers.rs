//! What Terraform deployed: the consumers, their queues and builds.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::Deserialize;

/// A consumer, as it is deployed now.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deployed {
    /// URL of the queue it consumes.
    pub queue_url: String,
    /// Its build: version and digest of the zip.
    pub build: String,
}

/// All consumers, by the name of their function.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Consumers(BTreeMap<String, Deployed>);

impl Consumers {
    /// The consumer of that name.
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
