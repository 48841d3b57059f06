//! What the apply of a plan needs, before it is packed into policies.

use std::collections::{BTreeMap, BTreeSet};

use headgate_domain::plan::Plan;

use crate::passed;
use crate::place::Place;
use crate::providers;
use crate::resolve::{Blocks, Resolved, resolve};
use crate::services::{self, Services, is_described, is_open};
use crate::touched::{Touched, touched};
use crate::{Grant, Unknown};

/// What an apply needs.
#[derive(Debug, Default)]
pub(crate) struct Needs {
    /// Actions on ARNs.
    pub(crate) scoped: BTreeMap<String, BTreeSet<String>>,
    /// ARNs that are read: `Get` actions of their service.
    pub(crate) read: BTreeSet<String>,
    /// Actions on everything, with the regions.
    pub(crate) regional: BTreeMap<String, BTreeSet<String>>,
    /// Actions on everything, of services that have no regions.
    pub(crate) global: BTreeSet<String>,
    /// ARNs of roles that resources get.
    pub(crate) passed: BTreeSet<String>,
    /// ARNs of service-linked roles.
    pub(crate) linked: BTreeSet<String>,
    /// Regions in which services may use keys of KMS.
    pub(crate) keys: BTreeSet<String>,
    /// What the environment allows besides.
    pub(crate) grants: Vec<Grant>,
    /// What nobody can say.
    pub(crate) unknown: BTreeSet<Unknown>,
}

impl Needs {
    fn everywhere(&mut self, action: impl Into<String>, region: &str) {
        self.regional.entry(action.into()).or_default().insert(region.to_owned());
    }
}

pub(crate) fn of(plan: &Plan, place: &Place, grants: &[Grant]) -> Needs {
    let mut needs = Needs { unknown: providers::unknown(plan).collect(), ..Needs::default() };
    let touched: Vec<_> = touched(plan, place).collect();
    let written: BTreeSet<_> =
        touched.iter().filter(|one| !one.is_read()).map(Touched::kind).collect();
    needs.grants = grants.iter().filter(|grant| grant.holds(&written)).cloned().collect();
    let granted: BTreeSet<_> = grants.iter().flat_map(|grant| &grant.types).collect();
    let blocks = Blocks::new(&touched);
    let known = resolve(&touched, &blocks);
    for one in &touched {
        let region = one.place.region();
        let is_region = region.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if !is_region && region != place.region() {
            needs.unknown.insert(one.unknown(format!("`{region}` is no region")));
            continue;
        }
        let is_granted = granted.contains(&one.change.kind);
        let unknown = match services::of(one.kind()) {
            None => vec![format!("nobody knows what a {} needs", one.kind())],
            Some(services) if one.is_read() => {
                read(one, services, known.get(&one.id()), &mut needs)
            }
            Some(services) => {
                let mut unknown = write(one, services, known.get(&one.id()), &mut needs);
                match passed::roles(one, &blocks, &known) {
                    Ok(roles) => needs.passed.extend(roles),
                    Err(attribute) => unknown
                        .push(format!("the role in `{attribute}` is only known after the apply")),
                }
                unknown
            }
        };
        if !is_granted {
            needs.unknown.extend(unknown.into_iter().map(|problem| one.unknown(problem)));
        }
    }
    needs
}

/// Adds what writing a resource needs. Returns what nobody can say.
fn write(
    one: &Touched<'_>,
    services: &Services,
    known: Option<&Resolved>,
    needs: &mut Needs,
) -> Vec<String> {
    let (region, mut unknown) = (one.place.region(), Vec::new());
    for action in &services.actions {
        needs.everywhere(*action, region);
    }
    let (partition, account) = (one.place.partition(), one.place.account());
    needs.linked.extend(services.linked.iter().map(|principal| {
        format!("arn:{partition}:iam::{account}:role/aws-service-role/{principal}/*")
    }));
    let stored = services.regional.iter().any(|service| !is_open(service));
    if stored || passed::has_key(&one.change.change) {
        needs.keys.insert(region.to_owned());
    }
    if let Some(known) = known {
        for (arn, actions) in &known.arns {
            needs.scoped.entry(arn.clone()).or_default().extend(actions.iter().cloned());
        }
        for service in &services.regional {
            for action in listing(service) {
                needs.everywhere(action, region);
            }
        }
        if known.is_complete {
            return unknown;
        }
    }
    for action in &services.new {
        // Conditions know services without regions as those of one region.
        if services.global.is_empty() {
            needs.everywhere(*action, region);
        } else {
            needs.global.insert((*action).to_owned());
        }
    }
    if !services.new.is_empty() {
        return unknown;
    }
    for service in services.regional.iter().chain(&services.global) {
        if !is_open(service) {
            unknown.push(format!("nobody can say before the apply what it changes in {service}"));
        } else if services.global.contains(service) {
            needs.global.insert(format!("{service}:*"));
        } else {
            needs.everywhere(format!("{service}:*"), region);
        }
    }
    unknown
}

/// Adds what reading a data source needs. Returns what nobody can say.
fn read(
    one: &Touched<'_>,
    services: &Services,
    known: Option<&Resolved>,
    needs: &mut Needs,
) -> Vec<String> {
    let (region, mut unknown) = (one.place.region(), Vec::new());
    for action in &services.actions {
        let name = action.split(':').nth(1).unwrap_or_default();
        if ["Describe", "Get", "List"].iter().any(|verb| name.starts_with(verb)) {
            needs.everywhere(*action, region);
        }
    }
    for service in services.regional.iter().chain(&services.global) {
        match known.filter(|known| known.is_complete) {
            Some(known) => {
                needs.read.extend(known.arns.keys().cloned());
                needs.keys.insert(region.to_owned());
            }
            None if is_open(service) => needs.everywhere(format!("{service}:Get*"), region),
            None if is_described(service) => {}
            None => {
                unknown.push(format!("nobody can say before the apply what it reads in {service}"))
            }
        }
        for action in listing(service) {
            needs.everywhere(action, region);
        }
    }
    unknown
}

/// Actions that name what there is. Most services do not allow them by resource.
fn listing(service: &str) -> Vec<String> {
    match service {
        // Lists of a bucket show the names of objects; those of IAM are allowed by resource.
        "s3" => vec!["s3:ListAllMyBuckets".to_owned()],
        "iam" | "kms" => Vec::new(),
        other => vec![format!("{other}:Describe*"), format!("{other}:List*")],
    }
}
