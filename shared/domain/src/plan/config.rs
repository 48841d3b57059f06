//! The configuration behind a plan, flattened: one entry a resource block, references made absolute,
//! so that a policy needs no recursion over modules.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One resource block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConfigResource {
    /// Address without instance keys.
    pub address: String,
    /// Resource type.
    #[serde(rename = "type")]
    pub kind: String,
    /// For each argument, nested blocks included, the addresses that its expression refers to.
    pub references: BTreeMap<String, Vec<String>>,
}

pub(super) fn flatten(configuration: &Value) -> Vec<ConfigResource> {
    let mut out = Vec::new();
    if let Some(root) = configuration.get("root_module") {
        module(root, "", &mut out);
    }
    out
}

fn module(node: &Value, prefix: &str, out: &mut Vec<ConfigResource>) {
    for resource in node.get("resources").and_then(Value::as_array).into_iter().flatten() {
        let text = |key| resource.get(key).and_then(Value::as_str).unwrap_or_default();
        let mut references = BTreeMap::new();
        if let Some(Value::Object(arguments)) = resource.get("expressions") {
            for (argument, expression) in arguments {
                let mut found = Vec::new();
                collect(expression, prefix, &mut found);
                found.sort();
                found.dedup();
                references.insert(argument.clone(), found);
            }
        }
        out.push(ConfigResource {
            address: format!("{prefix}{}", text("address")),
            kind: text("type").to_owned(),
            references,
        });
    }
    if let Some(Value::Object(calls)) = node.get("module_calls") {
        for (name, call) in calls {
            if let Some(child) = call.get("module") {
                module(child, &format!("{prefix}module.{name}."), out);
            }
        }
    }
}

fn collect(expression: &Value, prefix: &str, found: &mut Vec<String>) {
    match expression {
        Value::Object(members) => {
            if let Some(Value::Array(names)) = members.get("references") {
                found
                    .extend(names.iter().filter_map(Value::as_str).map(|n| format!("{prefix}{n}")));
            }
            members.values().for_each(|v| collect(v, prefix, found));
        }
        Value::Array(items) => items.iter().for_each(|v| collect(v, prefix, found)),
        _ => {}
    }
}
