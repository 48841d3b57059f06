//! Follows references through module inputs and outputs to the blocks that they depend on. Locals do not
//! appear in a plan, so references through a local cannot be followed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::change::without_keys;

/// Expressions that references pass through, by the prefix of their module (`""`, `module.a.`) and their
/// name.
#[derive(Default)]
pub(super) struct Scopes {
    /// References that a module's variables are set to, in the scope of the caller.
    pub(super) inputs: BTreeMap<(String, String), Vec<String>>,
    /// References that a module's outputs depend on, in the scope of the module.
    pub(super) outputs: BTreeMap<(String, String), Vec<String>>,
}

/// Stands for every local among the blocks that references depend on. No block has such an address.
const LOCAL: &str = "local";

/// Every reference in an expression, as written, without instance keys. Terraform lists both `a.b.c` and
/// `a.b`; only the longest is kept.
pub(super) fn references(expression: &Value) -> Vec<String> {
    let mut written = Vec::new();
    collect(expression, &mut written);
    let mut whole: BTreeMap<String, isize> = BTreeMap::new();
    let mut found = BTreeSet::new();
    for name in written {
        let name = without_keys(name);
        // Terraform lists a module once more for each of its outputs. What remains means all outputs.
        let mut parts = name.splitn(3, '.');
        if let (Some("module"), Some(call), output) = (parts.next(), parts.next(), parts.next()) {
            let listed = match output {
                None => 1,
                Some(output) if !output.contains('.') => -1,
                Some(_) => 0,
            };
            *whole.entry(format!("module.{call}")).or_default() += listed;
        }
        found.insert(name);
    }
    let longer = |name: &String| {
        let prefix = format!("{name}.");
        found.range(prefix.clone()..).next().is_some_and(|n| n.starts_with(&prefix))
    };
    let whole = |name: &String| whole.get(name).is_some_and(|more| *more > 0);
    found.iter().filter(|n| !longer(n) || whole(n)).cloned().collect()
}

/// Every reference in an expression, as written, in the order of the plan.
pub(super) fn collect<'a>(expression: &'a Value, found: &mut Vec<&'a str>) {
    match expression {
        Value::Object(members) => {
            if let Some(Value::Array(names)) = members.get("references") {
                found.extend(names.iter().filter_map(Value::as_str));
            }
            members.values().for_each(|v| collect(v, found));
        }
        Value::Array(items) => items.iter().for_each(|v| collect(v, found)),
        _ => {}
    }
}

/// What an expression depends on.
pub(super) struct Sources {
    /// Addresses of blocks.
    pub(super) blocks: Vec<String>,
    /// Whether it also depends on a local, which cannot be followed.
    pub(super) local: bool,
}

impl Scopes {
    /// Absolute addresses of the blocks that references in the module `prefix` depend on. `each` is what
    /// `each.…` and `count.…` stand for there.
    pub(super) fn blocks(&self, prefix: &str, names: &[String], each: &[String]) -> Sources {
        let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
        for name in names {
            if name.starts_with("each.") || name.starts_with("count.") {
                each.iter().for_each(|n| self.follow(prefix, n, &mut found, &mut seen));
            } else {
                self.follow(prefix, name, &mut found, &mut seen);
            }
        }
        let local = found.remove(LOCAL);
        Sources { blocks: found.into_iter().collect(), local }
    }

    /// Follows each reference only once. A real configuration has no cycles, but a forged one may, and many
    /// paths may lead to the same block.
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
            // The module as a whole: all its outputs.
            ["module", call] => {
                let inner = format!("{prefix}module.{call}.");
                let of_call = self.outputs.iter().filter(|((scope, _), _)| *scope == inner);
                for name in of_call.flat_map(|(_, names)| names) {
                    self.follow(&inner, name, found, seen);
                }
            }
            ["local", ..] => {
                found.insert(LOCAL.to_owned());
            }
            ["each" | "count" | "path" | "self" | "terraform", ..] => {}
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
