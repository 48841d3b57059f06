//! References, followed through module inputs and outputs to the blocks that they rest on. Locals do
//! not appear in a plan, so what goes through one cannot be followed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::change::without_keys;

/// Expressions that references pass through, by the prefix of their module (`""`, `module.a.`).
#[derive(Default)]
pub(super) struct Scopes {
    /// What a module's variables are given, as references in the scope of its caller.
    pub(super) inputs: BTreeMap<(String, String), Vec<String>>,
    /// What a module's outputs are made of, as references in its own scope.
    pub(super) outputs: BTreeMap<(String, String), Vec<String>>,
}

/// Every reference in an expression, as written, without instance keys. Terraform lists `a.b.c` and
/// `a.b` both; only the longest is kept.
pub(super) fn references(expression: &Value) -> Vec<String> {
    let mut found = BTreeSet::new();
    collect(expression, &mut found);
    let longer = |name: &String| {
        let prefix = format!("{name}.");
        found.range(prefix.clone()..).next().is_some_and(|n| n.starts_with(&prefix))
    };
    found.iter().filter(|n| !longer(n)).cloned().collect()
}

fn collect(expression: &Value, found: &mut BTreeSet<String>) {
    match expression {
        Value::Object(members) => {
            if let Some(Value::Array(names)) = members.get("references") {
                found.extend(names.iter().filter_map(Value::as_str).map(without_keys));
            }
            members.values().for_each(|v| collect(v, found));
        }
        Value::Array(items) => items.iter().for_each(|v| collect(v, found)),
        _ => {}
    }
}

impl Scopes {
    /// Absolute addresses of the blocks that references in the module `prefix` rest on. `each` is what
    /// `each.…` and `count.…` stand for there.
    pub(super) fn blocks(&self, prefix: &str, names: &[String], each: &[String]) -> Vec<String> {
        let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
        for name in names {
            if name.starts_with("each.") || name.starts_with("count.") {
                each.iter().for_each(|n| self.follow(prefix, n, &mut found, &mut seen));
            } else {
                self.follow(prefix, name, &mut found, &mut seen);
            }
        }
        found.into_iter().collect()
    }

    /// Every reference is followed once: a configuration cannot go round in circles, a forged one could, and
    /// many ways may lead to one place.
    fn follow(
        &self,
        prefix: &str,
        name: &str,
        found: &mut BTreeSet<String>,
        seen: &mut BTreeSet<(String, String)>,
    ) {
        if !seen.insert((prefix.to_owned(), name.to_owned())) {
            return;
        }
        let parts: Vec<_> = name.split('.').collect();
        match *parts {
            ["var", variable, ..] => {
                let key = (prefix.to_owned(), variable.to_owned());
                for outer in self.inputs.get(&key).into_iter().flatten() {
                    self.follow(parent(prefix), outer, found, seen);
                }
            }
            ["module", call, output, ..] => {
                let inner = format!("{prefix}module.{call}.");
                let key = (inner.clone(), output.to_owned());
                for name in self.outputs.get(&key).into_iter().flatten() {
                    self.follow(&inner, name, found, seen);
                }
            }
            // The module as a whole: whatever it gives out.
            ["module", call] => {
                let inner = format!("{prefix}module.{call}.");
                let of_call = self.outputs.iter().filter(|((scope, _), _)| *scope == inner);
                for name in of_call.flat_map(|(_, names)| names) {
                    self.follow(&inner, name, found, seen);
                }
            }
            ["local" | "each" | "count" | "path" | "self" | "terraform", ..] => {}
            ["data", kind, block, ..] => {
                found.insert(format!("{prefix}data.{kind}.{block}"));
            }
            [kind, block, ..] => {
                found.insert(format!("{prefix}{kind}.{block}"));
            }
            _ => {}
        }
    }
}

/// `module.a.` of `module.a.module.b.`.
fn parent(prefix: &str) -> &str {
    prefix.trim_end_matches('.').rfind(".module.").map_or("", |at| &prefix[..=at])
}
