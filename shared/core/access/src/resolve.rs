//! The ARNs of the resources of a plan, also of those that other resources of the plan decide.

use std::collections::{BTreeMap, BTreeSet};

use headgate_domain::plan::Keys;

use crate::arns::{self, Values, templates};
use crate::services;
use crate::touched::Touched;

/// Which type of resource decides an attribute. A name of another type would be one that the plan does not change.
const OWNERS: [(&str, &str); 31] = [
    ("arn", "aws_sns_topic"),
    ("autoscaling_group_name", "aws_autoscaling_group"),
    ("bucket", "aws_s3_bucket"),
    ("cluster", "aws_ecs_cluster"),
    ("cluster_identifier", "aws_rds_cluster"),
    ("cluster_name", "aws_eks_cluster"),
    ("db_cluster_parameter_group_name", "aws_rds_cluster_parameter_group"),
    ("db_subnet_group_name", "aws_db_subnet_group"),
    ("event_bus_name", "aws_cloudwatch_event_bus"),
    ("event_source_arn", "aws_cloudwatch_event_bus"),
    ("function_name", "aws_lambda_function"),
    ("group", "aws_iam_group"),
    ("listener_arn", "aws_lb_listener"),
    ("load_balancer_arn", "aws_lb"),
    ("log_group_name", "aws_cloudwatch_log_group"),
    ("option_group_name", "aws_db_option_group"),
    ("parameter_group_name", "aws_db_parameter_group"),
    ("queue_url", "aws_sqs_queue"),
    ("repository", "aws_ecr_repository"),
    ("resource_arn", "aws_dynamodb_table"),
    ("role", "aws_iam_role"),
    ("role_name", "aws_iam_role"),
    ("rule", "aws_cloudwatch_event_rule"),
    ("s3_bucket", "aws_s3_bucket"),
    ("secret_arn", "aws_secretsmanager_secret"),
    ("secret_id", "aws_secretsmanager_secret"),
    ("subnet_group_name", "aws_elasticache_subnet_group"),
    ("table_name", "aws_dynamodb_table"),
    ("target_key_arn", "aws_kms_key"),
    ("topic_arn", "aws_sns_topic"),
    ("user", "aws_iam_user"),
];

/// What is known of one resource.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    /// Its ARNs, with the actions on them.
    pub(crate) arns: BTreeMap<String, BTreeSet<String>>,
    /// Its names, as patterns of IAM.
    names: BTreeSet<String>,
    /// Whether these are all its ARNs, before and after the change.
    pub(crate) is_complete: bool,
}

/// An address, and the key of the deposed object there.
pub(crate) type Id<'a> = (&'a str, Option<&'a str>);

/// The touched resources, by block, and by block, module and key.
#[derive(Default)]
pub(crate) struct Blocks<'a> {
    all: BTreeMap<&'a str, Vec<&'a Touched<'a>>>,
    instances: BTreeMap<String, Vec<&'a Touched<'a>>>,
}

impl<'a> Blocks<'a> {
    pub(crate) fn new(touched: &'a [Touched<'a>]) -> Self {
        let mut blocks = Self::default();
        for one in touched {
            let (block, (module, key)) = (one.of.as_str(), &one.instance);
            blocks.all.entry(block).or_default().push(one);
            blocks.instances.entry(instance(block, module, key)).or_default().push(one);
        }
        blocks
    }

    /// The touched resources of a block.
    pub(crate) fn of(&self, block: &str) -> &[&'a Touched<'a>] {
        self.all.get(block).map(Vec::as_slice).unwrap_or_default()
    }

    fn instance(&self, block: &str, module: &str, key: &str) -> &[&'a Touched<'a>] {
        let found = self.instances.get(&instance(block, module, key));
        found.map(Vec::as_slice).unwrap_or_default()
    }
}

/// One instance of a block, in an instance of its module. No address has a line break.
fn instance(block: &str, module: &str, key: &str) -> String {
    format!("{block}\n{module}\n{key}")
}

/// Resources can depend on others that depend on others, so long. What would take longer is unknown.
const PASSES: usize = 8;
/// Most values of one attribute. A configuration with more instances says which of them it means, or it is unknown.
const MAX_VALUES: usize = 100;

/// What is known of each touched resource. One whose ARNs nobody can tell is missing.
pub(crate) fn resolve<'a>(
    touched: &'a [Touched<'a>],
    blocks: &Blocks<'a>,
) -> BTreeMap<Id<'a>, Resolved> {
    let mut known: BTreeMap<Id<'_>, Resolved> = BTreeMap::new();
    for _ in 0..PASSES {
        let mut found = false;
        for one in touched {
            if known.get(&one.id()).is_none_or(|before| !before.is_complete)
                && let Some(resolved) = resolved(one, blocks, &known)
            {
                known.insert(one.id(), resolved);
                found = true;
            }
        }
        if !found {
            break;
        }
    }
    known
}

/// Values of a resource's attributes that other resources of the plan decide.
struct Others<'a, 'b> {
    one: &'a Touched<'b>,
    blocks: &'a Blocks<'b>,
    known: &'a BTreeMap<Id<'a>, Resolved>,
}

impl Values for Others<'_, '_> {
    fn of(&self, attribute: &str, whole: bool) -> Vec<String> {
        // A name that the provider makes up could be that of any other resource without one.
        let Some(from) = self.one.references(attribute) else { return Vec::new() };
        let owner = OWNERS.iter().find(|(of, _)| *of == attribute).map(|(_, kind)| *kind);
        // A value that also depends on something else may be anything.
        if from.iter().any(|block| self.blocks.of(block).is_empty()) {
            return Vec::new();
        }
        let others = || from.iter().flat_map(|block| self.meant(attribute, block));
        if others().take(MAX_VALUES + 1).count() > MAX_VALUES {
            return Vec::new();
        }
        let mut found = BTreeSet::new();
        for other in others() {
            // If one of them is unknown, so is the value.
            let known = self.known.get(&other.id()).filter(|_| owner == Some(other.kind()));
            let Some(resolved) = known.filter(|resolved| resolved.is_complete) else {
                return Vec::new();
            };
            if whole {
                found.extend(resolved.arns.keys().cloned());
            } else {
                found.extend(resolved.names.iter().cloned());
            }
        }
        found.into_iter().collect()
    }

    fn configures(&self, attribute: &str) -> bool {
        self.one.block.is_none_or(|block| block.references.contains_key(attribute))
    }

    fn undecided(&self, attribute: &str) -> bool {
        self.one.change.change.after_unknown.get(attribute) == Some(&serde_json::Value::Bool(true))
    }
}

impl<'b> Others<'_, 'b> {
    /// The instances of a block that an argument may mean.
    fn meant(&self, attribute: &str, block: &str) -> &[&'b Touched<'b>] {
        let near = self.one.block.and_then(|own| own.near.get(attribute)?.get(block));
        let (module, key) = &self.one.instance;
        match near {
            Some(Keys::Same) => self.blocks.instance(block, module, key),
            Some(Keys::One(key)) => self.blocks.instance(block, module, key),
            Some(Keys::Any | Keys::Within(_)) | None => self.blocks.of(block),
        }
    }
}

fn resolved<'a>(
    one: &Touched<'_>,
    blocks: &Blocks<'_>,
    known: &BTreeMap<Id<'a>, Resolved>,
) -> Option<Resolved> {
    let services = services::of(one.kind())?;
    let mut resolved = Resolved { is_complete: true, ..Resolved::default() };
    let change = &one.change.change;
    for side in [&change.before, &change.after].into_iter().filter(|side| side.is_object()) {
        let others = Others { one, blocks, known };
        for (at, template) in templates(one.kind()).iter().enumerate() {
            let Some(arns) = template.fill(side, &others, &one.place) else {
                resolved.is_complete = false;
                continue;
            };
            for arn in arns {
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
    // Another pass may find the rest.
    let known_before = known.get(&one.id()).map(|before| before.arns.len());
    (!resolved.arns.is_empty() && known_before != Some(resolved.arns.len())).then_some(resolved)
}
