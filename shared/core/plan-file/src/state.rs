//! A state file, as far as it must be the one that a plan was made from.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// Lineage and serial of a state, without its content.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct StateVersion {
    #[serde(default)]
    pub(crate) lineage: String,
    #[serde(default)]
    pub(crate) serial: u64,
}

/// A state. Two states of the same lineage and serial may differ: somebody can make a plan from an edited copy.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct StateFile {
    /// Lineage; empty if there is no state yet.
    #[serde(default)]
    pub lineage: String,
    /// Serial number.
    #[serde(default)]
    pub serial: u64,
    /// Resources with all their instances.
    #[serde(default)]
    pub resources: Value,
}

impl StateFile {
    /// Addresses of the objects in this state that another one does not have, or has with another ID. Data sources do not count: they
    /// are read again. Other attributes do not count either: a refresh changes them, and so does a newer provider.
    #[must_use]
    pub fn lost_in(&self, other: &Self) -> Vec<String> {
        let (ours, theirs) = (objects(&self.resources), objects(&other.resources));
        let is_there = |address: &String, id: &Value| match theirs.get(address) {
            Some(other) => id.is_null() || other.is_null() || *other == id,
            None => false,
        };
        ours.into_iter()
            .filter(|(address, id)| !is_there(address, id))
            .map(|(address, _)| address)
            .collect()
    }

    /// Reads a state file, or the output of `terraform state pull`, which is empty if there is no state yet.
    ///
    /// # Errors
    /// Not JSON.
    pub fn parse(pulled: &[u8]) -> Result<Self, serde_json::Error> {
        if pulled.iter().all(u8::is_ascii_whitespace) {
            return Ok(Self {
                lineage: String::new(),
                serial: 0,
                resources: Value::Array(Vec::new()),
            });
        }
        serde_json::from_slice(pulled)
    }
}

/// The ID of each object, by a text that identifies it.
fn objects(resources: &Value) -> BTreeMap<String, &Value> {
    let mut objects = BTreeMap::new();
    for resource in resources.as_array().into_iter().flatten() {
        if resource["mode"] == "data" {
            continue;
        }
        let text = |name: &str| resource[name].as_str().unwrap_or_default();
        for instance in resource["instances"].as_array().into_iter().flatten() {
            let (module, kind, name) = (text("module"), text("type"), text("name"));
            let mut address =
                format!("{module}{}{kind}.{name}", if module.is_empty() { "" } else { "." });
            for key in ["index_key", "deposed"] {
                if !instance[key].is_null() {
                    address = format!("{address}[{}]", instance[key]);
                }
            }
            objects.insert(address, &instance["attributes"]["id"]);
        }
    }
    objects
}
