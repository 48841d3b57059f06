//! The hash of a plan's effect.

use std::collections::BTreeMap;

use headgate_events::EffectHash;
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
    /// Provider configuration: region, role, endpoints. The same change in another region is a different
    /// change.
    providers: Value,
    /// Values of the variables that provider configuration uses.
    provider_variables: Map<String, Value>,
    /// Commands that run on create and destroy.
    provisioners: &'a [Value],
    /// Provider of each object, and the expressions of values that are not known yet.
    origins: Vec<Value>,
    /// Inputs and outputs of modules, if any value is not known yet.
    plumbing: &'a [Value],
}

impl Plan {
    /// SHA-256 over the canonical JSON (RFC 8785) of what an apply of this plan does: resource changes by
    /// address, deferred changes, provider actions, output changes, and what influences the effect
    /// indirectly: provider settings, the variables they use, and provisioners.
    ///
    /// Timestamps, the tool's version, the order of fields, drift and explanations do not count: two plans of
    /// the same code against the same state have the same hash. It says whether votes for one plan can stand for another.
    /// What may be applied is decided by [`Plan::hash`].
    ///
    /// # Errors
    /// [`NotCanonical`], which cannot happen with values that came from JSON.
    pub fn effect_hash(&self) -> Result<EffectHash, NotCanonical> {
        let effective = self.resource_changes.iter().filter(|r| r.has_effect());
        let later = self.resource_changes.iter().any(is_later);
        let digest = digest(&Effect {
            origins: self.origins(),
            plumbing: if later { &self.config.plumbing } else { &[] },
            resource_changes: effective.map(effect).collect(),
            deferred_changes: in_order(&self.deferred_changes),
            action_invocations: in_order(&self.action_invocations),
            output_changes: outputs(&self.output_changes),
            providers: exact(self.config.provider_settings.clone()),
            provider_variables: self.provider_variables(),
            provisioners: &self.config.commands,
        })?;
        Ok(EffectHash::from(digest))
    }

    /// The provider of each block with an effect, and the block's expressions if one of its values is not
    /// known yet. Data sources that are read during the apply are included. A plan omits the literal parts of
    /// a template (`"rm ${var.x}"`), so for values that are not known yet these parts are in no hash.
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
            Some(json!({ "address": address, "provider": block.provider_key, "written": written }))
        };
        blocks.iter().filter_map(of).collect()
    }

    /// Variables that provider settings and provisioners refer to. All variables count if a setting depends
    /// on something that a plan does not show (a local, a module's output) or if a value is known only after
    /// the apply, because any of them may then decide it.
    fn provider_variables(&self) -> Map<String, Value> {
        let Value::Object(all) = &self.variables else { return Map::new() };
        let config = &self.config;
        let names: Vec<_> =
            config.provider_references.iter().chain(&config.command_references).collect();
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

/// Unchanged outputs have no effect, and some versions of the tool omit them.
fn outputs(changes: &Value) -> Value {
    let Value::Object(all) = changes else { return json!({}) };
    let moves = |change: &&Value| change["actions"] != json!(["no-op"]);
    all.iter()
        .filter(|(_, change)| moves(change))
        .map(|(name, change)| (name.clone(), exact(change.clone())))
        .collect::<Map<_, _>>()
        .into()
}

/// Sorts values, because the order in which a tool lists them is not part of the effect.
fn in_order(values: &[Value]) -> Vec<Value> {
    let key = |v: &Value| canonical_json(v).unwrap_or_default();
    let mut keyed: Vec<_> = values.iter().map(|v| exact(v.clone())).map(|v| (key(&v), v)).collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0));
    keyed.into_iter().map(|(_, v)| v).collect()
}

/// Canonical JSON has only doubles. Integers beyond 2^53 would become equal to their neighbours, so they are
/// hashed as text.
fn exact(mut value: Value) -> Value {
    make_exact(&mut value);
    value
}

fn make_exact(value: &mut Value) {
    match value {
        Value::Number(n) if n.as_i64().map_or(n.is_u64(), |i| i.unsigned_abs() > EXACT) => {
            *value = json!({ "$integer": n.to_string() });
        }
        Value::Array(items) => items.iter_mut().for_each(make_exact),
        Value::Object(members) => members.values_mut().for_each(make_exact),
        _ => {}
    }
}
