//! Small questions about values of a plan, which may have any shape.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;

/// `list_of(x)`: a list as it is, null as an empty list, and anything else as a list of one.
pub(super) fn list(arguments: &[Value]) -> Value {
    match arguments {
        [list @ Value::Array(_)] => list.clone(),
        [Value::Null] => Value::new_array(),
        [other] => Value::from(vec![other.clone()]),
        _ => Value::Undefined,
    }
}

/// `part_unknown(x)`: whether a value of `after_unknown` has any part that is true.
pub(super) fn part_unknown(arguments: &[Value]) -> Value {
    match arguments {
        [value] => Value::Bool(has_true(value)),
        _ => Value::Undefined,
    }
}

fn has_true(value: &Value) -> bool {
    match value {
        Value::Bool(known) => *known,
        Value::Array(items) => items.iter().any(has_true),
        Value::Set(items) => items.iter().any(has_true),
        Value::Object(members) => members.iter().any(|(_, member)| has_true(member)),
        _ => false,
    }
}

/// `tags_of(change)`: the tags of a resource after the apply, with the provider's default tags. Undefined if it takes none: a type
/// that does has the argument, set or not. Older providers have no `tags_all`.
pub(super) fn tags(arguments: &[Value]) -> Value {
    let [change] = arguments else { return Value::Undefined };
    let after = member(change, "after");
    let mut all: Option<BTreeMap<Value, Value>> = None;
    for argument in ["tags", "tags_all"] {
        match after.and_then(|after| member(after, argument)) {
            Some(Value::Object(tags)) => {
                let tags = tags.iter().map(|(name, value)| (name.clone(), value.clone()));
                all.get_or_insert_default().extend(tags);
            }
            Some(Value::Null) => {
                all.get_or_insert_default();
            }
            _ => {}
        }
    }
    all.map_or(Value::Undefined, Value::from)
}

/// `text_of(values, name)`: the value of a text attribute; undefined for anything else.
pub(super) fn text(arguments: &[Value]) -> Value {
    let [Value::Object(values), name] = arguments else { return Value::Undefined };
    match values.get(name) {
        Some(text @ Value::String(_)) => text.clone(),
        _ => Value::Undefined,
    }
}

/// `texts_of(values, names)`: the set of the texts that some attributes have.
pub(super) fn texts(arguments: &[Value]) -> Value {
    let [Value::Object(values), Value::Array(names)] = arguments else {
        return Value::new_set();
    };
    let texts = names.iter().filter_map(|name| values.get(name));
    let texts = texts.filter(|value| matches!(value, Value::String(_))).cloned();
    Value::from(texts.collect::<BTreeSet<_>>())
}

/// `is_empty(x)`: whether a value is null, or a text, list or object with nothing in it.
pub(super) fn is_empty(arguments: &[Value]) -> Value {
    match arguments {
        [value] => Value::Bool(empty(value)),
        _ => Value::Undefined,
    }
}

/// See [`is_empty`].
pub(super) fn empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// A member of an object.
pub(super) fn member<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    match value {
        Value::Object(members) => members.get(&Value::from(name)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use regorus::Value;
    use serde_json::{Value as Json, json};

    use super::{is_empty, list, part_unknown, tags, text, texts};

    fn call(function: fn(&[Value]) -> Value, arguments: Json) -> Option<Json> {
        let arguments: Vec<_> =
            arguments.as_array().unwrap().iter().map(|a| Value::from(a.clone())).collect();
        let value = function(&arguments);
        (value != Value::Undefined)
            .then(|| serde_json::from_str(&value.to_json_str().unwrap()).unwrap())
    }

    #[test]
    fn anything_is_a_list() {
        for (value, found) in [
            (json!([1, 2]), json!([1, 2])),
            (json!(null), json!([])),
            (json!(false), json!([false])),
            (json!({ "a": 1 }), json!([{ "a": 1 }])),
        ] {
            assert_eq!(call(list, json!([value])), Some(found));
        }
    }

    #[test]
    fn a_part_may_be_unknown() {
        for (value, unknown) in [
            (json!(true), true),
            (json!([{ "a": [false, true] }]), true),
            (json!({ "true": false }), false),
            (json!(["true", 1, null]), false),
        ] {
            assert_eq!(call(part_unknown, json!([value])), Some(json!(unknown)), "{value}");
        }
    }

    #[test]
    fn tags_of_the_provider_count() {
        let change =
            json!({ "after": { "tags": { "a": "1", "b": "2" }, "tags_all": { "b": "3" } } });
        assert_eq!(call(tags, json!([change])), Some(json!({ "a": "1", "b": "3" })));
        let unset = json!({ "after": { "tags": null } });
        assert_eq!(call(tags, json!([unset])), Some(json!({})));
        for none in
            [json!({}), json!(null), json!({ "after": null }), json!({ "after": { "tags": [1] } })]
        {
            assert_eq!(call(tags, json!([none])), None, "{none}");
        }
    }

    #[test]
    fn only_texts_are_texts() {
        let values = json!({ "a": "x", "b": 1, "c": null, "d": "" });
        assert_eq!(call(text, json!([values, "a"])), Some(json!("x")));
        assert_eq!(call(text, json!([values, "d"])), Some(json!("")));
        for none in ["b", "c", "e"] {
            assert_eq!(call(text, json!([values, none])), None, "{none}");
        }
        assert_eq!(call(text, json!([["x"], 0])), None);
        assert_eq!(call(texts, json!([values, ["a", "b", "d", "e"]])), Some(json!(["", "x"])));
        assert_eq!(call(texts, json!([null, ["a"]])), Some(json!([])));
    }

    #[test]
    fn nothing_is_empty() {
        for value in [json!(null), json!(""), json!([]), json!({})] {
            assert_eq!(call(is_empty, json!([value])), Some(json!(true)), "{value}");
        }
        for value in [json!(false), json!(0), json!(" "), json!([null])] {
            assert_eq!(call(is_empty, json!([value])), Some(json!(false)), "{value}");
        }
    }
}
