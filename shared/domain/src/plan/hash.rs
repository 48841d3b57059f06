//! The hash of a plan's effect.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Plan, ResourceChange};
use crate::canonical::{NotCanonical, canonical_json, digest};

/// Largest integer that every reader of JSON keeps exactly (RFC 8785 §3.2.2.3, RFC 7493 §2.2).
const EXACT: u64 = 1 << 53;

#[derive(Serialize)]
struct Effect<'a> {
    resource_changes: Vec<Value>,
    deferred_changes: Vec<Value>,
    action_invocations: Vec<Value>,
    output_changes: Value,
    /// How providers are set up: region, role, endpoints. The same change in another region is another
    /// change.
    providers: Value,
    /// Values of the variables that providers are set up with.
    provider_variables: Map<String, Value>,
    /// Commands that run on create and destroy.
    provisioners: &'a [Value],
    /// Which provider each object is made with, and how a value comes about that is not known yet.
    origins: Vec<Value>,
    /// What goes in and out of modules, where a value is not known yet.
    plumbing: &'a [Value],
}

impl Plan {
    /// SHA-256 over the canonical JSON (RFC 8785) of what an apply of this plan does: resource changes
    /// by address, deferred changes, provider actions, output changes, and what decides the effect from
    /// the side: provider settings, the variables they are made of, provisioners.
    ///
    /// Timestamps, the tool's version, the order of members, drift and explanations do not count: two
    /// plans of the same code against the same state hash alike.
    ///
    /// # Errors
    /// [`NotCanonical`]; cannot happen with values that came from JSON.
    pub fn hash(&self) -> Result<String, NotCanonical> {
        let effective = self.resource_changes.iter().filter(|r| r.has_effect());
        let later = self.resource_changes.iter().any(is_later);
        digest(&Effect {
            origins: self.origins(),
            plumbing: if later { &self.config.plumbing } else { &[] },
            resource_changes: effective.map(effect).collect(),
            deferred_changes: in_order(&self.deferred_changes),
            action_invocations: in_order(&self.action_invocations),
            output_changes: outputs(&self.output_changes),
            providers: exact(self.config.provider_settings.clone()),
            provider_variables: self.provider_variables(),
            provisioners: &self.config.provisioners,
        })
    }

    /// For each block with an effect its provider, and its expressions if a value of it is not known yet. Data
    /// that is read during the apply counts with them. A plan leaves the literal parts of a template out
    /// (`"rm ${var.x}"`), so those of a value that is not known yet are in no hash.
    fn origins(&self) -> Vec<Value> {
        let mut blocks: BTreeMap<String, bool> = BTreeMap::new();
        for change in self.resource_changes.iter().filter(|r| r.has_effect()) {
            *blocks.entry(change.block()).or_default() |= is_later(change);
        }
        let of = |(address, later): (&String, &bool)| {
            let blocks = &self.config.blocks;
            let at = blocks.binary_search_by(|b| b.address.cmp(address)).ok()?;
            let block = &blocks[at];
            let written = if *later { &block.written } else { &Value::Null };
            Some(json!({ "address": address, "provider": block.provider, "written": written }))
        };
        blocks.iter().filter_map(of).collect()
    }

    /// Variables that provider settings and provisioners name. Where a setting rests on something whose value a plan does
    /// not show (a local, a module's output), or a value is known only after the apply, every variable
    /// counts: any of them may decide it.
    fn provider_variables(&self) -> Map<String, Value> {
        let Value::Object(all) = &self.variables else { return Map::new() };
        let config = &self.config;
        let names: Vec<_> =
            config.provider_references.iter().chain(&config.provisioner_references).collect();
        let opaque = |name: &str| name.starts_with("local.") || name.starts_with("module.");
        let every =
            names.iter().any(|n| opaque(n.as_str())) || self.resource_changes.iter().any(is_later);
        let named = |name: &str| {
            names.iter().any(|n| {
                n.strip_prefix("var.")
                    .is_some_and(|v| v == name || v.starts_with(&format!("{name}.")))
            })
        };
        all.iter()
            .filter(|(name, _)| every || named(name))
            .map(|(name, value)| (name.clone(), exact(value.clone())))
            .collect()
    }
}

/// Whether a value of an object with an effect is known only after the apply.
fn is_later(change: &ResourceChange) -> bool {
    change.has_effect() && unknown(&change.change.after_unknown)
}

fn unknown(mask: &Value) -> bool {
    match mask {
        Value::Bool(unknown) => *unknown,
        Value::Array(items) => items.iter().any(unknown),
        Value::Object(members) => members.values().any(unknown),
        _ => false,
    }
}

fn effect(change: &ResourceChange) -> Value {
    let mut value = serde_json::to_value(change).unwrap_or_default();
    if let Value::Object(members) = &mut value {
        members.remove("action_reason");
    }
    exact(value)
}

/// Outputs that stay as they are have no effect, and some versions leave them out.
fn outputs(changes: &Value) -> Value {
    let Value::Object(all) = changes else { return json!({}) };
    let moves = |change: &&Value| change["actions"] != json!(["no-op"]);
    all.iter()
        .filter(|(_, change)| moves(change))
        .map(|(name, change)| (name.clone(), exact(change.clone())))
        .collect::<Map<_, _>>()
        .into()
}

/// The order in which a tool lists these is not part of the effect.
fn in_order(values: &[Value]) -> Vec<Value> {
    let key = |v: &Value| canonical_json(v).unwrap_or_default();
    let mut keyed: Vec<_> = values.iter().map(|v| exact(v.clone())).map(|v| (key(&v), v)).collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0));
    keyed.into_iter().map(|(_, v)| v).collect()
}

/// Canonical JSON has doubles only: integers beyond 2^53 would fall together with their neighbours, so
/// they are hashed as text.
fn exact(value: Value) -> Value {
    match value {
        Value::Number(n) if n.as_i64().map_or(n.is_u64(), |i| i.unsigned_abs() > EXACT) => {
            json!({ "$integer": n.to_string() })
        }
        Value::Array(items) => items.into_iter().map(exact).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(k, v)| (k, exact(v))).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}
