//! The roles that an apply gives to resources (`iam:PassRole`), and whether it uses keys of KMS.

use std::collections::{BTreeMap, BTreeSet};

use headgate_domain::plan::Change;
use serde_json::{Map, Value};

use crate::arns::is_set;
use crate::place::Place;
use crate::resolve::{Blocks, Id, Resolved};
use crate::touched::Touched;

/// The ARNs of the roles that a resource gets; or the attribute whose role is only known after the apply.
pub(crate) fn roles(
    one: &Touched<'_>,
    blocks: &Blocks<'_>,
    known: &BTreeMap<Id<'_>, Resolved>,
) -> Result<BTreeSet<String>, String> {
    // IAM's own resources name roles, but pass none; except profiles, whose role an instance gets.
    let mut roles = BTreeSet::new();
    let is_profile = one.kind() == "aws_iam_instance_profile";
    if one.kind().starts_with("aws_iam_") && !is_profile {
        return Ok(roles);
    }
    let empty = Map::new();
    let after = one.change.change.after.as_object().unwrap_or(&empty);
    let unknown = one.change.change.after_unknown.as_object().unwrap_or(&empty);
    let hidden = one.change.change.rest.get("after_sensitive").unwrap_or(&Value::Null);
    for (attribute, value) in after {
        // Nobody who decides could see it.
        if !is_set(hidden.get(attribute)) {
            found(attribute, value, &one.place, &mut roles);
        }
    }
    if let Some(name) = after.get("role").and_then(Value::as_str).filter(|_| is_profile) {
        roles.extend(named(name, &one.place));
    }
    let names: BTreeSet<_> = after.keys().chain(unknown.keys()).collect();
    for attribute in names {
        let undecided = unknown.get(attribute).is_some_and(|v| has_unknown_role(attribute, v));
        let by_name = attribute == "iam_instance_profile" && is_set(after.get(attribute));
        let from = one.references(attribute).filter(|from| !from.is_empty());
        if !undecided && !by_name {
            continue;
        }
        let roles_in = |block: &String| {
            let there = blocks.of(block).iter();
            let roles = there.filter(|other| other.kind() == "aws_iam_role");
            let known = roles.filter_map(|other| known.get(&other.id())).filter(|r| r.is_complete);
            let arns = known.flat_map(|resolved| resolved.arns.keys());
            arns.filter(|arn| arn.contains(":role/")).cloned().collect::<Vec<_>>()
        };
        let mut given: Vec<_> = from.into_iter().flatten().flat_map(roles_in).collect();
        if given.is_empty()
            && by_name
            && let Some(from) = from
        {
            // The profile is created with the plan: its role is the one that is passed.
            let profiles = from.iter().flat_map(|block| blocks.of(block));
            given.extend(profiles.flat_map(|profile| {
                let role = profile.change.change.after.get("role").and_then(Value::as_str);
                role.map(|role| named(role, &one.place)).unwrap_or_default()
            }));
        }
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

/// Looks in the attribute and in nested blocks, which are lists of objects. Maps, such as tags and variables, are free text.
fn found(name: &str, value: &Value, place: &Place, roles: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if is_role(name) => {
            let prefix = format!("arn:{}:iam::{}:role/", place.partition(), place.account());
            let any = format!("arn:{}:iam::", place.partition());
            let ours = text.starts_with(&prefix)
                || (place.account() == "*" && text.starts_with(&any) && text.contains(":role/"));
            // A wildcard would pass other roles, too.
            if ours && !text.contains(['*', '?', '$']) {
                roles.insert(text.clone());
            }
        }
        Value::Array(blocks) => {
            for (name, value) in blocks.iter().filter_map(Value::as_object).flatten() {
                found(name, value, place, roles);
            }
        }
        _ => {}
    }
}

/// Roles by their name, which has no wildcard.
fn named(name: &str, place: &Place) -> Vec<String> {
    if name.is_empty() || name.contains(['*', '?', '$', ':']) {
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
            algorithm || ((name.contains("kms") || name == "key_id") && is_set(Some(value)))
        }
    }
}
