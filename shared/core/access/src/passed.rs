//! The roles that an apply gives to resources (`iam:PassRole`), and whether it uses keys of KMS.

use std::collections::{BTreeMap, BTreeSet};

use headgate_domain::plan::Change;
use serde_json::{Map, Value};

use crate::place::Place;
use crate::touched::{Touched, is_set};

/// The ARNs of the roles that a resource gets; or the attribute whose role is only known after the apply.
pub(crate) fn roles(
    one: &Touched<'_>,
    arns: &BTreeMap<&str, BTreeSet<String>>,
    place: &Place,
) -> Result<BTreeSet<String>, String> {
    // IAM's own resources name roles, but pass none; except profiles, whose role an instance gets.
    let mut roles = BTreeSet::new();
    let kind = one.change.kind.as_str();
    if kind.starts_with("aws_iam_") && kind != "aws_iam_instance_profile" {
        return Ok(roles);
    }
    let empty = Map::new();
    let after = one.change.change.after.as_object().unwrap_or(&empty);
    let unknown = one.change.change.after_unknown.as_object().unwrap_or(&empty);
    for (attribute, value) in after {
        found(attribute, value, place, &mut roles);
    }
    if let Some(name) = after.get("role").and_then(Value::as_str)
        && kind == "aws_iam_instance_profile"
    {
        roles.extend(named(name, place));
    }
    let names: BTreeSet<_> = after.keys().chain(unknown.keys()).collect();
    for attribute in names {
        let undecided = unknown.get(attribute).is_some_and(|v| has_unknown_role(attribute, v));
        let by_name = attribute == "iam_instance_profile" && is_set(after.get(attribute));
        let from = one.references(attribute).filter(|from| !from.is_empty());
        if !undecided && !by_name {
            continue;
        }
        let role_in_plan = |(address, arns): (&&str, &BTreeSet<String>)| {
            let block = headgate_domain::plan::block_of(address);
            let is_named = from.is_some_and(|from| from.contains(&block));
            let role = arns.iter().filter(|arn| arn.contains(":role/")).cloned();
            is_named.then(|| role.collect::<Vec<_>>())
        };
        let given: Vec<_> = arns.iter().filter_map(role_in_plan).flatten().collect();
        // What nothing refers to is computed by the service.
        if given.is_empty() && (from.is_some() || by_name) {
            return Err(attribute.clone());
        }
        roles.extend(given);
    }
    Ok(roles)
}

/// Whether an attribute with this name has the ARN of a role.
fn is_role(name: &str) -> bool {
    name == "role" || name == "iam_role" || name.ends_with("role_arn") || name.ends_with("_role")
}

fn found(name: &str, value: &Value, place: &Place, roles: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if is_role(name) => {
            let prefix = format!("arn:{}:iam::", place.partition());
            let role = text.strip_prefix(&prefix).and_then(|rest| rest.split_once(":role/"));
            // A wildcard would pass other roles, too.
            if role.is_some() && !text.contains(['*', '?', '$']) {
                roles.insert(text.clone());
            }
        }
        Value::Array(items) => items.iter().for_each(|item| found(name, item, place, roles)),
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| found(name, value, place, roles));
        }
        _ => {}
    }
}

/// Roles by their name, which has no wildcard.
fn named(name: &str, place: &Place) -> Vec<String> {
    if name.contains(['*', '?', '$', ':']) {
        return Vec::new();
    }
    let (partition, account) = (place.partition(), place.account());
    ["", "*/"].map(|path| format!("arn:{partition}:iam::{account}:role/{path}{name}")).to_vec()
}

fn has_unknown_role(name: &str, unknown: &Value) -> bool {
    match unknown {
        Value::Bool(true) => is_role(name) || name == "iam_instance_profile",
        Value::Array(items) => items.iter().any(|item| has_unknown_role(name, item)),
        Value::Object(members) => members.iter().any(|(name, value)| has_unknown_role(name, value)),
        _ => false,
    }
}

/// Whether an attribute names a key of KMS, or may.
pub(crate) fn has_key(change: &Change) -> bool {
    [&change.before, &change.after, &change.after_unknown].iter().any(|side| names_key("", side))
}

fn names_key(name: &str, value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| names_key(name, item)),
        Value::Object(members) => members.iter().any(|(name, value)| names_key(name, value)),
        value => {
            let algorithm = value.as_str().is_some_and(|text| text.starts_with("aws:kms"));
            algorithm || (name.contains("kms") && is_set(Some(value)))
        }
    }
}
