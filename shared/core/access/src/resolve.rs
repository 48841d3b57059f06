//! The ARNs of the resources of a plan, also of those that other resources of the plan decide.

use std::collections::{BTreeMap, BTreeSet};

use crate::arns::{self, Values, made_up, templates};
use crate::services;
use crate::touched::Touched;

/// Attributes for which the provider makes up a name, if the configuration has none.
const NAMES: [&str; 2] = ["name", "bucket"];

/// What is known of one resource.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    /// Its ARNs, with the actions on them.
    pub(crate) arns: BTreeMap<String, BTreeSet<String>>,
    /// Its names, as patterns of IAM.
    names: BTreeSet<String>,
}

/// An address, and the key of the deposed object there.
pub(crate) type Id<'a> = (&'a str, Option<&'a str>);

/// What is known of each touched resource. One whose ARNs nobody can tell is missing.
pub(crate) fn resolve<'a>(touched: &'a [Touched<'a>]) -> BTreeMap<Id<'a>, Resolved> {
    let mut known: BTreeMap<Id<'_>, Resolved> = BTreeMap::new();
    // A resource can depend on one that depends on another. Each pass resolves at least one, or nothing is left to resolve.
    loop {
        let before = known.len();
        for one in touched {
            if !known.contains_key(&one.id())
                && let Some(resolved) = resolved(one, touched, &known)
            {
                known.insert(one.id(), resolved);
            }
        }
        if known.len() == before {
            return known;
        }
    }
}

/// Values of a resource's attributes that other resources of the plan decide.
struct Others<'a, 'b> {
    one: &'a Touched<'b>,
    touched: &'a [Touched<'b>],
    known: &'a BTreeMap<Id<'a>, Resolved>,
}

impl Values for Others<'_, '_> {
    fn of(&self, attribute: &str, whole: bool) -> Vec<String> {
        let Some(from) = self.one.references(attribute) else {
            let named = NAMES.contains(&attribute) && self.one.block.is_some();
            return if named { vec![made_up()] } else { Vec::new() };
        };
        let mut found = BTreeSet::new();
        for other in self.touched.iter().filter(|other| from.contains(&other.change.block())) {
            // If one of them is unknown, so is the value.
            let Some(resolved) = self.known.get(&other.id()) else { return Vec::new() };
            if whole {
                found.extend(resolved.arns.keys().cloned());
            } else {
                found.extend(resolved.names.iter().cloned());
            }
        }
        // A value that also depends on something else may be anything.
        let all = from.iter().all(|block| self.touched.iter().any(|t| t.change.block() == *block));
        if all { found.into_iter().collect() } else { Vec::new() }
    }
}

fn resolved<'a>(
    one: &Touched<'_>,
    touched: &'a [Touched<'a>],
    known: &BTreeMap<Id<'a>, Resolved>,
) -> Option<Resolved> {
    let services = services::of(one.kind())?;
    let mut resolved = Resolved::default();
    let change = &one.change.change;
    for side in [&change.before, &change.after].into_iter().filter(|side| side.is_object()) {
        let others = Others { one, touched, known };
        for (at, template) in templates(one.kind()).iter().enumerate() {
            for arn in template.fill(side, &others, &one.place)? {
                let Some(service) = arns::service(&arn, &one.place) else { continue };
                let own = services.regional.iter().chain(&services.global).any(|s| *s == service);
                let named =
                    template.actions.iter().filter(|a| a.split(':').next() == Some(service));
                let mut actions: BTreeSet<_> = named.map(|a| (*a).to_owned()).collect();
                if actions.is_empty() {
                    // A planted ARN of another service is not taken.
                    if !own || !template.actions.is_empty() {
                        continue;
                    }
                    actions.insert(format!("{service}:*"));
                }
                resolved.arns.entry(arn).or_default().extend(actions);
            }
            if at == 0
                && let Some(name) = template.naming()
            {
                resolved.names.extend(arns::name(name, side, &others));
            }
        }
    }
    (!resolved.arns.is_empty()).then_some(resolved)
}
