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
    /// Single actions, on every resource.
    pub(crate) actions: Vec<&'static str>,
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
