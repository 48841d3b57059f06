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

/// Services that no apply is allowed as a whole: who may do everything in one of them reads what customers store, runs code under existing
/// roles, or gives themselves more.
const CLOSED: [&str; 31] = [
    "account",
    "athena",
    "batch",
    "cloud9",
    "cloudformation",
    "codebuild",
    "codecommit",
    "codepipeline",
    "datapipeline",
    "dynamodb",
    "ecs",
    "eks",
    "elasticbeanstalk",
    "elasticmapreduce",
    "glue",
    "iam",
    "identitystore",
    "imagebuilder",
    "kinesis",
    "kms",
    "lambda",
    "lightsail",
    "logs",
    "organizations",
    "s3",
    "s3express",
    "sagemaker",
    "secretsmanager",
    "ssm",
    "sso",
    "states",
];

/// Services, besides these, whose `Get` actions return credentials or what customers store.
const GIVING: [&str; 16] = [
    "apigateway",
    "appconfig",
    "chime",
    "codeartifact",
    "cognito-identity",
    "connect",
    "ec2",
    "ecr",
    "ecr-public",
    "geo",
    "iot",
    "medialive",
    "opsworks",
    "redshift",
    "redshift-serverless",
    "servicecatalog",
];

/// Whether an apply may not get the whole service.
pub(crate) fn is_closed(service: &str) -> bool {
    CLOSED.contains(&service)
}

/// Whether reading all of the service would return secrets.
pub(crate) fn gives_secrets(service: &str) -> bool {
    is_closed(service) || GIVING.contains(&service)
}
