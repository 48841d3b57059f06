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
    /// Outputs of the root module.
    #[serde(default)]
    pub outputs: Value,
}

impl StateFile {
    /// The first object, by its address, that is not the same in both states. Data sources do not count: they are read again.
    ///
    /// Terraform upgrades the objects in a plan to the schema of the installed providers. Of an object with another schema version,
    /// only its existence is compared.
    #[must_use]
    pub fn differs(&self, other: &Self) -> Option<String> {
        let (ours, theirs) = (objects(&self.resources), objects(&other.resources));
        let same = |address: &String| match (ours.get(address), theirs.get(address)) {
            (Some((version, attributes)), Some((others, theirs))) => {
                version != others || attributes == theirs
            }
            _ => false,
        };
        let address = ours.keys().chain(theirs.keys()).find(|address| !same(address)).cloned();
        address.or_else(|| (self.outputs != other.outputs).then(|| "an output".to_owned()))
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
                outputs: Value::Object(serde_json::Map::new()),
            });
        }
        serde_json::from_slice(pulled)
    }
}

/// Schema version and attributes of each object, by a text that identifies it.
fn objects(resources: &Value) -> BTreeMap<String, (&Value, &Value)> {
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
            objects.insert(address, (&instance["schema_version"], &instance["attributes"]));
        }
    }
    objects
}
