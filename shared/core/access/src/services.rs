//! Which services a resource type needs.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What one resource type needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Services {
    /// Services, by the prefix of their actions.
    pub(crate) regional: Vec<&'static str>,
    /// Services without regions.
    pub(crate) global: Vec<&'static str>,
    /// Single actions, on every resource in the regions of the plan.
    pub(crate) actions: Vec<&'static str>,
    /// Single actions, on every resource in the regions of the plan, for a resource whose ARN is not known yet.
    pub(crate) new: Vec<&'static str>,
    /// Services whose service-linked role the apply may create.
    pub(crate) linked: Vec<&'static str>,
}

static TABLE: LazyLock<BTreeMap<&str, Services>> = LazyLock::new(|| {
    let lines = include_str!("services.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).map(|(kind, all)| (kind, read(all))).collect()
});

fn read(all: &'static str) -> Services {
    let mut services = Services::default();
    for one in all.split_whitespace() {
        match one.split_once(':') {
            Some(("global", service)) => services.global.push(service),
            Some(("linked", principal)) => services.linked.push(principal),
            Some(("new", action)) => services.new.push(action),
            Some(_) => services.actions.push(one),
            None if one == "-" => {}
            None => services.regional.push(one),
        }
    }
    services
}

/// What a type of the AWS provider needs; `None` if it is in no table.
pub(crate) fn of(kind: &str) -> Option<&'static Services> {
    let mut name = kind.strip_prefix("aws_")?;
    loop {
        if let Some(found) = TABLE.get(name) {
            return Some(found);
        }
        name = name.rsplit_once('_')?.0;
    }
}

/// Services that an apply may get as a whole, if the ARN of a resource cannot be told. In every other one, that would let somebody read what
/// customers store, run code under existing roles, redirect traffic, or give themselves more.
const OPEN: [&str; 7] = [
    "ce",
    "compute-optimizer",
    "cost-optimization-hub",
    "internetmonitor",
    "networkmonitor",
    "resource-explorer-2",
    "servicequotas",
];

/// Services whose data sources work with `Describe` and `List` actions.
const DESCRIBED: [&str; 14] = [
    "acm",
    "autoscaling",
    "cloudformation",
    "ds",
    "ec2",
    "ecs",
    "eks",
    "elasticache",
    "elasticfilesystem",
    "elasticloadbalancing",
    "events",
    "fsx",
    "rds",
    "redshift",
];

/// Whether an apply may get the whole service.
pub(crate) fn is_open(service: &str) -> bool {
    OPEN.contains(&service)
}

/// Whether descriptions are all that a data source reads.
pub(crate) fn is_described(service: &str) -> bool {
    DESCRIBED.contains(&service)
}
