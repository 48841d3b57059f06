//! Where a path of a table leads in a resource: the built-in function `places(change, path)` of policies.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;

/// A value on the way, and what the plan says about it.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) value: Value,
    /// The same part of `after_unknown`: `true`, a list or an object with parts, or `false`.
    unknown: Value,
    /// Whether the block around it exists.
    pub(super) block: bool,
}

/// `{value, unknown, block}` of each place that a path leads to. Lists on the way are searched whole, and a list at the end counts as its elements.
/// `unknown` says whether the value is only known after the apply, `block` whether the block around it exists.
pub(super) fn builtin(arguments: &[Value]) -> Value {
    let [change, Value::Array(path)] = arguments else {
        return Value::Undefined;
    };
    let places = all(change, path.iter()).into_iter().map(Place::into_value);
    Value::from(places.collect::<BTreeSet<_>>())
}

/// Each place that a path leads to.
pub(super) fn all<'a>(change: &Value, path: impl IntoIterator<Item = &'a Value>) -> Vec<Place> {
    let member = |name: &str| get(change, &Value::from(name)).unwrap_or(Value::Bool(false));
    let start = Place { value: member("after"), unknown: member("after_unknown"), block: true };
    let mut places = vec![start];
    for name in path {
        places = places.iter().flat_map(elements).map(|place| place.inside(name)).collect();
    }
    places.iter().flat_map(elements).collect()
}

impl Place {
    fn inside(&self, name: &Value) -> Self {
        let value = get(&self.value, name).unwrap_or(Value::Null);
        let unknown = below(&self.unknown, name);
        Self { value, unknown, block: matches!(self.value, Value::Object(_)) }
    }

    /// Whether the value is only known after the apply.
    pub(super) fn is_unknown(&self) -> bool {
        self.unknown == Value::Bool(true)
    }

    pub(super) fn into_value(self) -> Value {
        let unknown = self.is_unknown();
        object([
            ("block", Value::Bool(self.block)),
            ("unknown", Value::Bool(unknown)),
            ("value", self.value),
        ])
    }
}

pub(super) fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let members = members.into_iter().map(|(name, value)| (Value::from(name), value));
    Value::from(members.collect::<BTreeMap<_, _>>())
}

/// The elements of a list, or the place itself. An empty list has one element without a value, so that a missing block is noticed.
fn elements(place: &Place) -> Vec<Place> {
    let Value::Array(list) = &place.value else {
        return vec![place.clone()];
    };
    if list.is_empty() {
        return vec![Place { value: Value::Null, ..place.clone() }];
    }
    let one = |(at, value): (usize, &Value)| {
        let unknown = below(&place.unknown, &Value::from(u64::try_from(at).unwrap_or(u64::MAX)));
        Place { value: value.clone(), unknown, block: place.block }
    };
    list.iter().enumerate().map(one).collect()
}

/// What is below an unknown value is unknown, too.
fn below(unknown: &Value, name: &Value) -> Value {
    match unknown {
        Value::Bool(true) => Value::Bool(true),
        other => get(other, name).unwrap_or(Value::Bool(false)),
    }
}

fn get(value: &Value, name: &Value) -> Option<Value> {
    match (value, name) {
        (Value::Object(members), name) => members.get(name).cloned(),
        (Value::Array(items), Value::Number(at)) => {
            items.get(usize::try_from(at.as_u64()?).ok()?).cloned()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use regorus::Value;
    use serde_json::json;

    use super::builtin;

    fn places(change: serde_json::Value, path: &str) -> serde_json::Value {
        let path = Value::from(json!(path.split('.').collect::<Vec<_>>()));
        let found = builtin(&[Value::from(change), path]);
        serde_json::from_str(&found.to_json_str().unwrap()).unwrap()
    }

    fn place(value: serde_json::Value, unknown: bool, block: bool) -> serde_json::Value {
        json!({ "value": value, "unknown": unknown, "block": block })
    }

    #[test]
    fn a_path_leads_through_lists_and_blocks() {
        let change = json!({
            "after": { "a": 1, "b": [{ "c": "x" }, { "c": "y" }], "l": [1, 2], "e": [] },
            "after_unknown": { "u": true, "b": [{}, { "d": true }], "later": [true] },
        });
        for (path, found) in [
            ("a", json!([place(json!(1), false, true)])),
            ("none", json!([place(json!(null), false, true)])),
            ("u", json!([place(json!(null), true, true)])),
            ("u.deep.er", json!([place(json!(null), true, false)])),
            ("b.c", json!([place(json!("x"), false, true), place(json!("y"), false, true)])),
            ("b.d", json!([place(json!(null), false, true), place(json!(null), true, true)])),
            ("l", json!([place(json!(1), false, true), place(json!(2), false, true)])),
            ("e", json!([place(json!(null), false, true)])),
            ("e.c", json!([place(json!(null), false, false)])),
            ("a.c", json!([place(json!(null), false, false)])),
        ] {
            assert_eq!(places(change.clone(), path), found, "{path}");
        }
    }
}
