//! The ARNs of the resources of a plan, also of those that other resources of the plan decide.

use std::collections::{BTreeMap, BTreeSet};

use crate::arns::{self, Values, made_up, templates};
use crate::services;
use crate::touched::Touched;

/// Attributes for which the provider makes up a name, if the configuration has none.
const NAMES: [&str; 2] = ["name", "bucket"];

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

/// What is known of each touched resource. One whose ARNs nobody can tell is missing.
pub(crate) fn resolve<'a>(touched: &'a [Touched<'a>]) -> BTreeMap<Id<'a>, Resolved> {
    let mut known: BTreeMap<Id<'_>, Resolved> = BTreeMap::new();
    // A resource can depend on one that depends on another. Each pass resolves at least one, or nothing is left to resolve.
    loop {
        let mut found = false;
        for one in touched {
            if known.get(&one.id()).is_none_or(|before| !before.is_complete)
                && let Some(resolved) = resolved(one, touched, &known)
            {
                known.insert(one.id(), resolved);
                found = true;
            }
        }
        if !found {
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
        let owner = OWNERS.iter().find(|(of, _)| *of == attribute).map(|(_, kind)| *kind);
        let mut found = BTreeSet::new();
        for other in self.touched.iter().filter(|other| from.contains(&other.change.block())) {
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
        // A value that also depends on something else may be anything.
        let all = from.iter().all(|block| self.touched.iter().any(|t| t.change.block() == *block));
        if all { found.into_iter().collect() } else { Vec::new() }
    }

    fn configures(&self, attribute: &str) -> bool {
        self.one.block.is_none_or(|block| block.references.contains_key(attribute))
    }
}

fn resolved<'a>(
    one: &Touched<'_>,
    touched: &'a [Touched<'a>],
    known: &BTreeMap<Id<'a>, Resolved>,
) -> Option<Resolved> {
    let services = services::of(one.kind())?;
    let mut resolved = Resolved { is_complete: true, ..Resolved::default() };
    let change = &one.change.change;
    for side in [&change.before, &change.after].into_iter().filter(|side| side.is_object()) {
        let others = Others { one, touched, known };
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
