//! Whether a value fits a type constraint (<https://developer.hashicorp.com/terraform/language/expressions/type-constraints>).

use hcl::Expression;
use hcl::expr::ObjectKey;
use serde_json::Value;

/// Checks a value. The error is the end of a sentence that begins with the name of the variable.
pub(super) fn fits(kind: &Expression, value: &Value) -> Result<(), String> {
    if value.is_null() {
        return Ok(());
    }
    match kind {
        Expression::Parenthesis(inner) => fits(inner, value),
        Expression::Variable(name) => primitive(name.as_str(), value),
        // As in Terraform 0.11.
        Expression::String(name) => primitive(name, value),
        Expression::FuncCall(call) => {
            let name = call.name.name.as_str();
            match (name, call.args.as_slice()) {
                ("list" | "set", [element]) => elements(element, value),
                ("map", [element]) => members(element, value),
                ("tuple", [Expression::Array(kinds)]) => tuple(kinds, value),
                ("object", [Expression::Object(attributes)]) => {
                    let attributes = attributes.iter().map(|(name, kind)| (key(name), kind));
                    object(&attributes.collect::<Vec<_>>(), value)
                }
                ("optional", [kind, ..]) => fits(kind, value),
                _ => Ok(()),
            }
        }
        // Terraform says what is wrong with any other.
        _ => Ok(()),
    }
}

/// Terraform converts numbers and truth values to texts, and texts that look like them back.
fn primitive(name: &str, value: &Value) -> Result<(), String> {
    let (good, what) = match name {
        "string" => (!value.is_array() && !value.is_object(), "a text"),
        "number" => {
            let looks = |text: &str| text.parse::<f64>().is_ok_and(f64::is_finite);
            (value.is_number() || value.as_str().is_some_and(looks), "a number")
        }
        "bool" => {
            let looks = |text: &str| matches!(text, "true" | "false" | "1" | "0");
            (value.is_boolean() || value.as_str().is_some_and(looks), "true or false")
        }
        "list" | "set" => (value.is_array(), "a list"),
        "map" => (value.is_object(), "a map"),
        _ => (true, ""),
    };
    if good { Ok(()) } else { Err(format!(" must be {what}")) }
}

fn elements(kind: &Expression, value: &Value) -> Result<(), String> {
    let list = value.as_array().ok_or(" must be a list")?;
    let check = |(at, element)| fits(kind, element).map_err(|why| format!("[{at}]{why}"));
    list.iter().enumerate().try_for_each(check)
}

fn members(kind: &Expression, value: &Value) -> Result<(), String> {
    let map = value.as_object().ok_or(" must be a map")?;
    map.iter()
        .try_for_each(|(name, member)| fits(kind, member).map_err(|why| format!("[{name:?}]{why}")))
}

fn tuple(kinds: &[Expression], value: &Value) -> Result<(), String> {
    let list = value.as_array().filter(|list| list.len() == kinds.len());
    let list = list.ok_or_else(|| format!(" must be a list of {}", kinds.len()))?;
    kinds.iter().zip(list).enumerate().try_for_each(|(at, (kind, element))| {
        fits(kind, element).map_err(|why| format!("[{at}]{why}"))
    })
}

fn object(attributes: &[(String, &Expression)], value: &Value) -> Result<(), String> {
    let object = value.as_object().ok_or(" must be an object")?;
    // Terraform drops them without a word.
    let other = object.keys().find(|name| attributes.iter().all(|(known, _)| known != *name));
    if let Some(other) = other {
        return Err(format!(" has the attribute {other}, which its type does not have"));
    }
    attributes.iter().try_for_each(|(name, kind)| match object.get(name) {
        Some(member) => fits(kind, member).map_err(|why| format!(".{name}{why}")),
        None if is_optional(kind) => Ok(()),
        None => Err(format!(" needs the attribute {name}")),
    })
}

fn is_optional(kind: &Expression) -> bool {
    matches!(kind, Expression::FuncCall(call) if call.name.name.as_str() == "optional")
}

fn key(key: &ObjectKey) -> String {
    match key {
        ObjectKey::Identifier(name) => name.as_str().to_owned(),
        ObjectKey::Expression(Expression::String(name)) => name.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::{Value, json};

    use super::fits;

    fn check(kind: &str, value: Value) -> Result<(), String> {
        fits(&kind.parse().unwrap(), &value)
    }

    #[test]
    fn values_fit_as_terraform_converts_them() {
        for (kind, value) in [
            ("string", json!(5)),
            ("string", json!(true)),
            ("number", json!("5.5")),
            ("bool", json!("false")),
            ("any", json!({ "a": [1] })),
            ("\"map\"", json!({})),
            ("list(string)", json!(["a", 1])),
            ("set(number)", json!([])),
            ("map(list(bool))", json!({ "a": [true] })),
            ("tuple([string, number])", json!(["a", 1])),
            ("object({ a = string, b = optional(number, 3) })", json!({ "a": "x" })),
            ("list(object({ a = string }))", json!([{ "a": null }])),
            ("number", json!(null)),
            ("mystery(string)", json!(1)),
        ] {
            assert_eq!(check(kind, value.clone()), Ok(()), "{kind} {value}");
        }
    }

    #[test]
    fn what_does_not_fit_is_named() {
        for (kind, value, why) in [
            ("string", json!([]), " must be a text"),
            ("number", json!("large"), " must be a number"),
            ("number", json!("NaN"), " must be a number"),
            ("bool", json!(1), " must be true or false"),
            ("list(number)", json!([1, "x"]), "[1] must be a number"),
            ("list(number)", json!(1), " must be a list"),
            ("map(bool)", json!({ "a": "no" }), "[\"a\"] must be true or false"),
            ("tuple([string])", json!(["a", "b"]), " must be a list of 1"),
            ("object({ a = number })", json!({}), " needs the attribute a"),
            ("object({ a = number })", json!({ "a": [] }), ".a must be a number"),
            (
                "object({ a = optional(number) })",
                json!({ "b": 1 }),
                " has the attribute b, which its type does not have",
            ),
        ] {
            assert_eq!(check(kind, value.clone()), Err(why.to_owned()), "{kind} {value}");
        }
    }
}
