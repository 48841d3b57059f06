//! Small plans.

use headgate_domain::plan::Plan;
use serde_json::{Value, json};

/// A resource or data source, as a plan and its configuration have it.
#[derive(Clone)]
pub(crate) struct Block {
    mode: &'static str,
    kind: String,
    name: String,
    action: &'static str,
    values: Value,
    unknown: Value,
    expressions: Value,
}

pub(crate) fn resource(kind: &str, name: &str, values: Value) -> Block {
    let constants = values.as_object().unwrap().iter().filter(|(_, v)| !v.is_null());
    let expressions = constants
        .map(|(k, v)| (k.clone(), json!({ "constant_value": v })))
        .collect::<serde_json::Map<_, _>>();
    Block {
        mode: "managed",
        kind: kind.to_owned(),
        name: name.to_owned(),
        action: "create",
        values,
        unknown: json!({}),
        expressions: expressions.into(),
    }
}

pub(crate) fn data(kind: &str, name: &str, values: Value) -> Block {
    Block { mode: "data", action: "read", ..resource(kind, name, values) }
}

impl Block {
    pub(crate) fn does(self, action: &'static str) -> Self {
        Self { action, ..self }
    }

    pub(crate) fn unknown(mut self, attribute: &str) -> Self {
        self.unknown[attribute] = true.into();
        self
    }

    /// An argument that is an expression.
    pub(crate) fn refers(mut self, argument: &str, to: &[&str]) -> Self {
        self.expressions[argument] = json!({ "references": to });
        self
    }

    /// The provider computes the attribute; the configuration does not set it.
    pub(crate) fn forget(&mut self, argument: &str) {
        self.expressions.as_object_mut().unwrap().remove(argument);
    }

    fn address(&self) -> String {
        let data = if self.mode == "data" { "data." } else { "" };
        format!("{data}{}.{}", self.kind, self.name)
    }
}

pub(crate) fn json(blocks: &[Block]) -> Value {
    let change = |b: &Block| {
        json!({
            "address": b.address(), "mode": b.mode, "type": b.kind, "name": b.name,
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "change": { "actions": [b.action], "before": null, "after": b.values, "after_unknown": b.unknown },
        })
    };
    let configured = |b: &Block| {
        json!({
            "address": b.address(), "mode": b.mode, "type": b.kind, "name": b.name,
            "provider_config_key": "aws", "expressions": b.expressions,
        })
    };
    json!({
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {},
        "resource_changes": blocks.iter().map(change).collect::<Vec<_>>(),
        "configuration": {
            "provider_config": { "aws": {
                "name": "aws", "full_name": "registry.terraform.io/hashicorp/aws", "expressions": {},
            } },
            "root_module": { "resources": blocks.iter().map(configured).collect::<Vec<_>>() },
        },
    })
}

pub(crate) fn plan(blocks: &[Block]) -> Plan {
    Plan::parse(json(blocks).to_string().as_bytes()).unwrap()
}
