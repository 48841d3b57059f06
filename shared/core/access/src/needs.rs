//! What the apply of a plan needs, before it is packed into policies.

use std::collections::{BTreeMap, BTreeSet};

use headgate_domain::plan::{Action, Plan};

use crate::passed;
use crate::place::Place;
use crate::resolve::arns_of;
use crate::services::{self, Services};
use crate::touched::{Touched, touched};
use crate::{Grant, Unknown};

/// Settings with which a provider uses other credentials than those of its process.
const OTHER_CREDENTIALS: [&str; 8] = [
    "access_key",
    "assume_role",
    "assume_role_with_web_identity",
    "profile",
    "secret_key",
    "shared_config_files",
    "shared_credentials_files",
    "token",
];
/// Services whose `Get` actions return what customers store there. A plan may read only what it names.
const STORES: [&str; 10] = [
    "appconfig",
    "athena",
    "codecommit",
    "dynamodb",
    "kinesis",
    "logs",
    "s3",
    "s3express",
    "secretsmanager",
    "ssm",
];

/// What an apply needs.
#[derive(Debug, Default)]
pub(crate) struct Needs {
    /// ARNs on which all actions of their service are needed.
    pub(crate) scoped: BTreeSet<String>,
    /// ARNs that are read: `Get` actions of their service.
    pub(crate) read: BTreeSet<String>,
    /// Services as a whole, with the regions.
    pub(crate) regional: BTreeMap<String, BTreeSet<String>>,
    /// Services as a whole that have no regions.
    pub(crate) global: BTreeSet<String>,
    /// Actions on every resource.
    pub(crate) actions: BTreeSet<String>,
    /// ARNs of roles that resources get.
    pub(crate) passed: BTreeSet<String>,
    /// Whether something is encrypted with a key of KMS.
    pub(crate) keys: bool,
    /// What the environment allows besides.
    pub(crate) grants: Vec<Grant>,
    /// What nobody can say.
    pub(crate) unknown: BTreeSet<Unknown>,
}

pub(crate) fn of(plan: &Plan, place: &Place, grants: &[Grant]) -> Needs {
    let mut needs = Needs::default();
    providers(plan, &mut needs);
    if !plan.action_invocations.is_empty() {
        needs.unknown.insert(Unknown {
            address: String::new(),
            problem: "the plan invokes actions of providers".to_owned(),
            fix: "remove the actions from the change".to_owned(),
        });
    }
    let touched: Vec<_> = touched(plan, place).collect();
    let kinds: BTreeSet<_> = touched.iter().map(Touched::kind).collect();
    needs.grants = grants.iter().filter(|grant| grant.holds(&kinds)).cloned().collect();
    let granted: BTreeSet<_> = grants.iter().flat_map(|grant| &grant.types).collect();
    let arns = arns_of(&touched);
    for one in &touched {
        needs.keys |= passed::has_key(&one.change.change);
        let is_granted = granted.contains(&one.change.kind);
        let Some(services) = services::of(one.kind()) else {
            if !is_granted {
                let kind = one.kind();
                needs.unknown.insert(one.unknown(format!("nobody knows what a {kind} needs")));
            }
            continue;
        };
        if one.change.mode == "data" || one.change.does(Action::Open) {
            read(one, services, arns.get(one.change.address.as_str()), is_granted, &mut needs);
            continue;
        }
        write(one, services, arns.get(one.change.address.as_str()), is_granted, &mut needs);
        match passed::roles(one, &arns, place) {
            Ok(roles) => needs.passed.extend(roles),
            Err(_) if is_granted => {}
            Err(attribute) => {
                let problem = format!("the role in `{attribute}` is only known after the apply");
                needs.unknown.insert(one.unknown(problem));
            }
        }
    }
    needs
}

/// Providers that do not use the credentials that they are given.
fn providers(plan: &Plan, needs: &mut Needs) {
    for provider in &plan.config.providers {
        let is_aws = provider.full_name.is_empty() || provider.full_name.ends_with("/aws");
        let other = OTHER_CREDENTIALS.iter().find(|name| provider.settings.contains_key(**name));
        if let Some(setting) = other.filter(|_| is_aws) {
            needs.unknown.insert(Unknown {
                address: provider.address.clone(),
                problem: format!("the provider has credentials of its own, by `{setting}`"),
                fix: format!("remove `{setting}`; the apply gets credentials for the account"),
            });
        }
    }
}

fn write(
    one: &Touched<'_>,
    services: &Services,
    arns: Option<&BTreeSet<String>>,
    is_granted: bool,
    needs: &mut Needs,
) {
    needs.actions.extend(services.actions.iter().map(|action| (*action).to_owned()));
    if let Some(arns) = arns {
        needs.scoped.extend(arns.iter().cloned());
        return;
    }
    for service in &services.regional {
        let regions = needs.regional.entry((*service).to_owned()).or_default();
        regions.insert(one.region().to_owned());
    }
    for service in &services.global {
        // Everything in IAM would be everything in the account.
        if *service != "iam" {
            needs.global.insert((*service).to_owned());
        } else if !is_granted {
            let problem = "nobody can say before the apply what it changes in IAM".to_owned();
            needs.unknown.insert(one.unknown(problem));
        }
    }
}

fn read(
    one: &Touched<'_>,
    services: &Services,
    arns: Option<&BTreeSet<String>>,
    is_granted: bool,
    needs: &mut Needs,
) {
    let reading = services.actions.iter().filter(|action| {
        let name = action.split(':').nth(1).unwrap_or_default();
        ["Describe", "Get", "List", "Decrypt"].iter().any(|verb| name.starts_with(verb))
    });
    needs.actions.extend(reading.map(|action| (*action).to_owned()));
    for service in services.regional.iter().chain(&services.global) {
        if STORES.contains(service) {
            match arns {
                Some(arns) => needs.read.extend(arns.iter().cloned()),
                None if is_granted => {}
                None => {
                    let problem =
                        format!("nobody can say before the apply what it reads in {service}");
                    needs.unknown.insert(one.unknown(problem));
                }
            }
        } else {
            needs.actions.insert(format!("{service}:Get*"));
        }
        needs.actions.extend(listing(service));
    }
}

/// Actions that name what there is. Most services do not allow them by resource.
pub(crate) fn listing(service: &str) -> Vec<String> {
    match service {
        // Lists of a bucket show the names of objects.
        "s3" => vec!["s3:ListAllMyBuckets".to_owned()],
        "iam" => vec!["iam:List*".to_owned()],
        other => vec![format!("{other}:Describe*"), format!("{other}:List*")],
    }
}
