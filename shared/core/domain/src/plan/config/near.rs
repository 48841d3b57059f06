//! Which blocks of its own module an argument refers to, and with which instance keys. A reference that stays in its
//! module means an instance in the same instance of the module; one that comes from outside may mean any.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::super::change::without_keys;
use super::super::instance::{key, parts};
use super::resolve::Scopes;

/// Which instances of a block an argument can mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Keys {
    /// The one with the same key: `aws_s3_bucket.this[each.key].id`.
    Same,
    /// Those with these keys, as written: `aws_s3_bucket.this["logs"].id`.
    These(BTreeSet<String>),
    /// Those in these module instances, relative to the argument's own: `module.queue["orders"].arn`.
    Within(BTreeSet<String>),
    /// Any: the expression chooses, or there is only one.
    Any,
}

/// The blocks that an expression in the module `prefix` refers to directly. `each` is what `each.…` stands for there.
pub(super) fn near(
    prefix: &str,
    expression: &Value,
    each: &[String],
    scopes: &Scopes,
) -> BTreeMap<String, Keys> {
    let mut written = BTreeSet::new();
    collect(expression, &mut written);
    let chosen = |name: &&str| matches!(*name, "each.key" | "count.index");
    let (by_key, by_value): (Vec<_>, Vec<_>) = written
        .iter()
        .copied()
        .filter(|n| n.starts_with("each.") || n.starts_with("count."))
        .partition(chosen);
    let mut found: BTreeMap<String, Keys> = BTreeMap::new();
    let mut keyed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for name in &written {
        let Some((block, key)) = block(prefix, name) else { continue };
        found.insert(block.clone(), Keys::Any);
        if !key.is_empty() {
            keyed.entry(block).or_default().insert(key);
        }
    }
    for (block, keys) in &mut found {
        *keys = match keyed.remove(block) {
            Some(keys) if by_key.is_empty() && by_value.is_empty() => Keys::These(keys),
            None if !by_key.is_empty() && by_value.is_empty() => Keys::Same,
            _ => Keys::Any,
        };
    }
    // `for_each = aws_s3_bucket.this` chains the instances: `each.value` is the one with the same key.
    if !by_value.is_empty() && found.is_empty() {
        match each {
            [one] if one.starts_with("aws_") && one.split('.').count() == 2 => {
                found.insert(format!("{prefix}{one}"), Keys::Same);
            }
            _ => {}
        }
    }
    let starts =
        |start: &'static str| written.iter().copied().filter(move |n| n.starts_with(start));
    if starts("local.").next().is_some() {
        return BTreeMap::new();
    }
    let (keyed, other): (Vec<_>, Vec<_>) = starts("module.").partition(|name| {
        by_key.is_empty() && by_value.is_empty() && !key(parts(name)[1]).is_empty()
    });
    for name in keyed {
        within(prefix, name, scopes, &mut found);
    }
    // What also comes from outside may be an instance of another module instance.
    let other: Vec<_> = other.into_iter().chain(starts("var.")).map(without_keys).collect();
    let far = scopes.blocks(prefix, &other, &[]).blocks;
    found.retain(|block, _| !far.contains(block));
    found
}

/// Blocks behind the outputs of an instance of a child module. What that module got from outside is not its own.
fn within(prefix: &str, name: &str, scopes: &Scopes, found: &mut BTreeMap<String, Keys>) {
    let call = parts(name)[1];
    let inner = format!("{prefix}module.{}.", without_keys(call));
    for block in scopes.blocks(prefix, &[without_keys(name)], &[]).blocks {
        if !block.starts_with(&inner) {
            found.remove(&block);
        } else if let Keys::Within(calls) =
            found.entry(block).or_insert_with(|| Keys::Within(BTreeSet::new()))
        {
            calls.insert(format!("module.{call}"));
        }
    }
}

/// The block that a reference names, and the key if it is a constant.
fn block(prefix: &str, name: &str) -> Option<(String, String)> {
    let parts = parts(name);
    let (kind, at) = match *parts.as_slice() {
        ["var" | "module" | "local" | "each" | "count" | "path" | "self" | "terraform", ..] => {
            return None;
        }
        ["data", kind, at, ..] => (format!("data.{kind}"), at),
        [kind, at, ..] => (kind.to_owned(), at),
        _ => return None,
    };
    Some((format!("{prefix}{kind}.{}", without_keys(at)), key(at).to_owned()))
}

fn collect<'a>(expression: &'a Value, found: &mut BTreeSet<&'a str>) {
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
    fn what_stays_in_a_module_is_near() {
        let own = "module.m.s3.b";
        for (references, each, expected) in [
            (vec!["s3.b.id", "s3.b"], vec![], json!({ own: "any" })),
            (vec!["s3.b", "each.key"], vec![], json!({ own: "same" })),
            (vec!["s3.b", "count.index"], vec![], json!({ own: "same" })),
            (
                vec!["s3.b[\"k\"].id", "s3.b[\"k\"]", "s3.b"],
                vec![],
                json!({ own: { "these": ["\"k\""] } }),
            ),
            (
                vec!["s3.b[\"k\"].id", "s3.b[0]", "s3.b"],
                vec![],
                json!({ own: { "these": ["\"k\"", "0"] } }),
            ),
            // The expression chooses between instances.
            (
                vec!["s3.b[\"k\"].id", "s3.b[\"k\"]", "s3.b", "each.key"],
                vec![],
                json!({ own: "any" }),
            ),
            (vec!["s3.b", "each.value", "each.key"], vec![], json!({ own: "any" })),
            // From outside, or perhaps from there.
            (vec!["var.bucket"], vec![], Value::Null),
            (vec!["s3.b.id", "s3.b", "local.x"], vec![], Value::Null),
            (
                vec!["module.c[\"k\"].own", "module.c[\"k\"]"],
                vec![],
                json!({ "module.m.module.c.s3.b": { "within": ["module.c[\"k\"]"] } }),
            ),
            (vec!["module.c", "each.key"], vec![], Value::Null),
            (vec!["module.c.own", "module.c"], vec![], Value::Null),
            // What a child module was given may be any instance.
            (
                vec!["s3.b[\"k\"].id", "s3.b[\"k\"]", "s3.b", "module.c[\"k\"].given"],
                vec![],
                Value::Null,
            ),
            (vec!["s3.b.id", "s3.b", "module.c.given"], vec![], Value::Null),
            // A block with a `for_each` over resources of its module, whose type may be chained.
            (vec!["each.value.id", "each.value"], vec!["s3.b"], Value::Null),
        ] {
            assert_eq!(near(&references, &each), expected, "{references:?}");
        }
    }

    #[test]
    fn instances_over_resources_are_chained() {
        let root = json!({ "resources": [
            { "address": "aws_s3_bucket.b", "mode": "managed", "type": "aws_s3_bucket", "name": "b" },
            {
                "address": "a.user", "mode": "managed", "type": "a", "name": "user",
                "for_each_expression": { "references": ["aws_s3_bucket.b"] },
                "expressions": { "x": { "references": ["each.value.id", "each.value"] } },
            },
        ] });
        let config = Config::flatten(&json!({ "root_module": root }), &json!({}));
        assert_eq!(json!(config.blocks[0].near), json!({ "x": { "aws_s3_bucket.b": "same" } }));
    }
}
