//! The ARNs of the resources of a plan, also of those that other resources of the plan decide.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::arns::{self, Filled};
use crate::services;
use crate::touched::Touched;

/// Attributes for which the provider makes up a name, if the configuration has none. The name begins with [`MADE_UP`].
const NAMES: [&str; 2] = ["name", "bucket"];
const MADE_UP: &str = "terraform-";
/// The ARNs of each touched resource, by address; none for a resource whose ARNs nobody can tell.
pub(crate) fn arns_of<'a>(touched: &[Touched<'a>]) -> BTreeMap<&'a str, BTreeSet<String>> {
    let mut known: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    // A resource can depend on one that depends on another. Each pass resolves at least one, or nothing is left to resolve.
    loop {
        let before = known.len();
        for one in touched {
            if !known.contains_key(one.change.address.as_str())
                && let Some(arns) = arns(one, touched, &known)
            {
                known.insert(&one.change.address, arns);
            }
        }
        if known.len() == before {
            return known;
        }
    }
}

fn arns(
    one: &Touched<'_>,
    touched: &[Touched<'_>],
    known: &BTreeMap<&str, BTreeSet<String>>,
) -> Option<BTreeSet<String>> {
    let services = services::of(one.kind())?;
    let ours = |arn: &String| {
        let service = arns::service(arn);
        services.regional.iter().chain(&services.global).any(|s| service == Some(*s))
    };
    let mut found = BTreeSet::new();
    let change = &one.change.change;
    let sides = [&change.before, &change.after].into_iter().filter(|side| side.is_object());
    for (side, template) in sides.flat_map(|side| {
        arns::templates(one.kind()).unwrap_or_default().iter().map(move |template| (side, template))
    }) {
        match arns::fill(template, side, &one.place) {
            Filled::Unused => {}
            Filled::Arn(arn) if ours(&arn) => drop(found.insert(arn)),
            Filled::Arn(_) => return None,
            Filled::Needs(attribute) => {
                let from = one.references(&attribute);
                if from.is_none() && NAMES.contains(&attribute.as_str()) {
                    let mut named = side.clone();
                    named[format!("{attribute}_prefix")] = json!(MADE_UP);
                    match arns::fill(template, &named, &one.place) {
                        Filled::Arn(arn) => found.extend(Some(arn).filter(ours)),
                        _ => return None,
                    }
                    continue;
                }
                let others: BTreeSet<_> = touched
                    .iter()
                    .filter(|other| from.is_some_and(|f| f.contains(&other.change.block())))
                    .filter_map(|other| known.get(other.change.address.as_str()))
                    .flatten()
                    .filter(|arn| ours(arn))
                    .cloned()
                    .collect();
                if others.is_empty() {
                    return None;
                }
                found.extend(others);
            }
        }
    }
    (!found.is_empty()).then_some(found)
}
