//! Which instances of a block an argument means, where nobody can doubt it: its expression refers to this one block of its module, or to this
//! one output of a child module, and to nothing else. Any other expression may choose, so it may mean any instance.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::super::change::without_keys;
use super::super::instance::{canonical, key, normal, parts};
use super::resolve::{Scopes, collect};

/// Which instances of a block an argument means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Keys {
    /// The one with the same key: `aws_s3_bucket.this[each.key].id`.
    Same,
    /// The one with this key: `aws_s3_bucket.this["logs"].id`.
    One(String),
    /// Those in this module instance, relative to the argument's own: `module.queue["orders"].arn`.
    Within(String),
    /// Any in the same module instance.
    Any,
}

/// The blocks that an expression in the module `prefix` means, with their instances. `for_each` is the expression of the block that has
/// the argument.
pub(super) fn near(
    prefix: &str,
    expression: &Value,
    for_each: Option<&Value>,
    scopes: &Scopes,
) -> BTreeMap<String, Keys> {
    let written = longest(expression);
    let is_key = |name: &&str| matches!(*name, "each.key" | "count.index");
    let (by_key, names): (Vec<_>, Vec<_>) = written.into_iter().partition(is_key);
    let [name] = *names.as_slice() else { return BTreeMap::new() };
    if let Some((block, key)) = block(prefix, name) {
        let keys = match (key, by_key.is_empty()) {
            ("", true) => Some(Keys::Any),
            ("", false) => Some(Keys::Same),
            (key, true) => canonical(key).map(Keys::One),
            (_, false) => None,
        };
        return keys.into_iter().map(|keys| (block.clone(), keys)).collect();
    }
    if !by_key.is_empty() {
        return BTreeMap::new();
    }
    // `for_each = aws_s3_bucket.this` chains the instances: `each.value` is the one with the same key.
    if name.starts_with("each.value") {
        let chained = match *for_each.map(longest).unwrap_or_default().as_slice() {
            [one] => block(prefix, one).filter(|(block, _)| *block == format!("{prefix}{one}")),
            _ => None,
        };
        return chained.into_iter().map(|(block, _)| (block, Keys::Same)).collect();
    }
    within(prefix, name, scopes).unwrap_or_default()
}

/// Blocks behind an output of an instance of a child module, if the output refers to nothing but blocks of the child.
fn within(prefix: &str, name: &str, scopes: &Scopes) -> Option<BTreeMap<String, Keys>> {
    let ["module", call, output, ..] = *parts(name).as_slice() else { return None };
    if key(call).is_empty() {
        return None;
    }
    canonical(key(call))?;
    let inner = format!("{prefix}module.{}.", without_keys(call));
    let names = scopes.outputs.get(&(inner.clone(), output.to_owned()))?;
    let here = Keys::Within(normal(&format!("module.{call}")));
    names.iter().map(|name| block(&inner, name).map(|(block, _)| (block, here.clone()))).collect()
}

/// The references in an expression, each in its longest form: Terraform lists `a.b.c`, and then `a.b`.
fn longest(expression: &Value) -> Vec<&str> {
    let mut written = Vec::new();
    collect(expression, &mut written);
    let found: BTreeSet<_> = written.into_iter().collect();
    // Sorted, so that a longer form is the first name from its beginning on.
    let longer =
        |start: String| found.range(start.as_str()..).next().is_some_and(|n| n.starts_with(&start));
    let shorter = |name: &str| longer(format!("{name}.")) || longer(format!("{name}["));
    found.iter().filter(|name| !shorter(name)).copied().collect()
}

/// The block that a reference names, and the key if it is a constant.
fn block<'a>(prefix: &str, name: &'a str) -> Option<(String, &'a str)> {
    let parts = parts(name);
    let (kind, at) = match *parts.as_slice() {
        ["var" | "module" | "local" | "each" | "count" | "path" | "self" | "terraform", ..] => {
            return None;
        }
        ["data", kind, at, ..] => (format!("data.{kind}"), at),
        [kind, at, ..] => (kind.to_owned(), at),
        _ => return None,
    };
    Some((format!("{prefix}{kind}.{}", without_keys(at)), key(at)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::{Value, json};

    use crate::plan::Config;

    /// What `argument` of the block `a.user` in module `m` is near to. The module gets `bucket` from outside, and has a child
    /// module with a bucket of its own.
    fn near(references: &[&str], each: &[&str]) -> Value {
        let bucket = |references: Value| json!({ "address": "s3.b", "mode": "managed", "type": "s3", "name": "b", "expressions": references });
        let child = json!({
            "resources": [bucket(json!({}))],
            "outputs": {
                "own": { "expression": { "references": ["s3.b.arn", "s3.b"] } },
                "given": { "expression": { "references": ["var.given"] } },
            },
        });
        let user = json!({
            "address": "a.user", "mode": "managed", "type": "a", "name": "user",
            "for_each_expression": { "references": each },
            "expressions": { "x": { "references": references } },
        });
        let module = json!({
            "resources": [bucket(json!({})), user],
            "module_calls": { "c": { "expressions": { "given": { "references": ["s3.b.id", "s3.b"] } }, "module": child } },
        });
        let root = json!({
            "resources": [bucket(json!({}))],
            "module_calls": { "m": { "expressions": { "bucket": { "references": ["s3.b.id", "s3.b", "module.m.y"] } }, "module": module } },
        });
        let config = Config::flatten(&json!({ "root_module": root }), &json!({}));
        let user = config.blocks.iter().find(|b| b.address == "module.m.a.user").unwrap();
        json!(user.near.get("x"))
    }

    #[test]
    fn only_what_cannot_be_doubted_is_near() {
        let own = "module.m.s3.b";
        let inner = "module.m.module.c.s3.b";
        let within = |call: &str| json!({ inner: { "within": call } });
        for (references, each, expected) in [
            (vec!["s3.b.id", "s3.b"], vec![], json!({ own: "any" })),
            (vec!["s3.b", "each.key"], vec![], json!({ own: "same" })),
            (vec!["s3.b", "count.index"], vec![], json!({ own: "same" })),
            (
                vec!["s3.b[\"k\"].id", "s3.b[\"k\"]", "s3.b"],
                vec![],
                json!({ own: { "one": "\"k\"" } }),
            ),
            // Terraform takes a number for a text, and the other way round.
            (vec!["s3.b[0].id", "s3.b[0]", "s3.b"], vec![], json!({ own: { "one": "\"0\"" } })),
            (
                vec!["s3.b[\"0\"].id", "s3.b[\"0\"]", "s3.b"],
                vec![],
                json!({ own: { "one": "\"0\"" } }),
            ),
            (vec!["s3.b[\"00\"].id", "s3.b[\"00\"]", "s3.b"], vec![], Value::Null),
            (vec!["module.c[\"k\"].own", "module.c[\"k\"]"], vec![], within("module.c[\"k\"]")),
            (vec!["module.c[0].own", "module.c[0]"], vec![], within("module.c[\"0\"]")),
            // The expression chooses, or something that comes with it does.
            (vec!["s3.b[\"k\"].id", "s3.b[\"k\"]", "s3.b[0]", "s3.b"], vec![], Value::Null),
            (vec!["s3.b[\"k\"].id", "s3.b[\"k\"]", "s3.b", "each.key"], vec![], Value::Null),
            (vec!["s3.b", "each.value", "each.key"], vec![], Value::Null),
            (vec!["s3.b.id", "s3.b", "var.x"], vec![], Value::Null),
            (vec!["s3.b.id", "s3.b", "local.x"], vec![], Value::Null),
            (vec!["s3.b.id", "s3.b", "module.c.given", "module.c"], vec![], Value::Null),
            (
                vec![
                    "module.c[\"k\"].own",
                    "module.c[\"k\"]",
                    "module.c[\"l\"].own",
                    "module.c[\"l\"]",
                ],
                vec![],
                Value::Null,
            ),
            (vec!["module.c[\"k\"].own", "module.c[\"k\"]", "each.key"], vec![], Value::Null),
            // From outside of the module, or given to the child by somebody.
            (vec!["var.bucket"], vec![], Value::Null),
            (vec!["module.c", "each.key"], vec![], Value::Null),
            (vec!["module.c.own", "module.c"], vec![], Value::Null),
            (vec!["module.c[\"k\"].given", "module.c[\"k\"]"], vec![], Value::Null),
            (vec!["module.c[\"k\"].none", "module.c[\"k\"]"], vec![], Value::Null),
            (vec!["each.value.id", "each.value"], vec!["s3.b"], json!({ own: "same" })),
            (vec!["each.value.id", "each.value"], vec!["s3.b", "s3.b[\"a\"]"], Value::Null),
            (vec!["each.value.id", "each.value"], vec!["s3.b.tags", "s3.b"], Value::Null),
            (vec!["each.value.id", "each.value"], vec!["s3.b", "var.x"], Value::Null),
            (vec!["each.value.id", "each.value", "each.key"], vec!["s3.b"], Value::Null),
        ] {
            assert_eq!(near(&references, &each), expected, "{references:?} {each:?}");
        }
    }
}
