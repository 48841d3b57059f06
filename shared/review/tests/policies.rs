//! Every rule of the bundle: a plan that fails it and one that passes it.
#![allow(clippy::unwrap_used)]

use headgate_domain::plan::Plan;
use headgate_events::Finding;
use headgate_review::{Bundle, BundleError};
use serde_json::{Value, json};

fn resource(kind: &str, after: Value) -> Value {
    json!({
        "address": format!("{kind}.x"), "mode": "managed", "type": kind, "name": "x",
        "change": {"actions": ["create"], "before": null, "after": after, "after_unknown": {}}
    })
}

fn block(kind: &str, name: &str, references: &[(&str, &str)]) -> Value {
    let expressions: serde_json::Map<_, _> = references
        .iter()
        .map(|(k, v)| ((*k).to_owned(), json!({"references": [format!("{v}.id"), v]})))
        .collect();
    json!({"address": format!("{kind}.{name}"), "type": kind, "name": name, "expressions": expressions})
}

fn findings(changes: Value, config: Value) -> Vec<Finding> {
    let plan = json!({
        "format_version": "1.2", "planned_values": {}, "resource_changes": changes,
        "configuration": {"root_module": {"resources": config}},
    });
    let plan = Plan::parse(plan.to_string().as_bytes()).unwrap();
    Bundle::embedded().unwrap().evaluate(&json!({"plan": plan, "change": {}})).unwrap()
}

fn rules(changes: Value, config: Value) -> Vec<String> {
    let mut all: Vec<_> = findings(changes, config).into_iter().map(|f| f.rule).collect();
    all.sort();
    all.dedup();
    all
}

fn policy(statement: Value) -> Value {
    let document = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
    json!([resource("aws_iam_policy", json!({"policy": document}))])
}

#[test]
fn iam_actions_and_resources_are_named() {
    let allow =
        |action: Value, on: Value| json!({"Effect": "Allow", "Action": action, "Resource": on});
    let arn = json!("arn:aws:s3:::b/*");
    let none: [&str; 0] = [];
    assert_eq!(rules(policy(json!([allow(json!("s3:GetObject"), arn.clone())])), json!([])), none);
    for action in [json!("*"), json!("s3:*"), json!(["s3:GetObject", "s3:Put*"])] {
        assert_eq!(
            rules(policy(json!([allow(action, arn.clone())])), json!([])),
            ["iam.wildcard_action"]
        );
    }
    // A single statement may stand without its list.
    assert_eq!(
        rules(policy(allow(json!("s3:GetObject"), json!(["*"]))), json!([])),
        ["iam.wildcard_resource"]
    );
    let deny = json!([{"Effect": "Deny", "Action": "*", "Resource": "*"}]);
    assert_eq!(rules(policy(deny), json!([])), none);
    let except = json!([{"Effect": "Allow", "NotAction": "iam:*", "Resource": arn}]);
    assert_eq!(rules(policy(except), json!([])), ["iam.not_action"]);
}

#[test]
fn nobody_becomes_administrator() {
    let admin = "arn:aws:iam::aws:policy/AdministratorAccess";
    let attach =
        |arn: &str| json!([resource("aws_iam_role_policy_attachment", json!({"policy_arn": arn}))]);
    assert_eq!(rules(attach(admin), json!([])), ["iam.administrator_access"]);
    assert!(rules(attach("arn:aws:iam::aws:policy/ReadOnlyAccess"), json!([])).is_empty());
    let role = json!([resource("aws_iam_role", json!({"managed_policy_arns": [admin]}))]);
    assert_eq!(rules(role, json!([])), ["iam.administrator_access"]);
}

#[test]
fn a_policy_that_cannot_be_read_is_pointed_out() {
    let mut unknown = resource("aws_iam_policy", json!({}));
    unknown["change"]["after_unknown"] = json!({"policy": true});
    assert_eq!(rules(json!([unknown]), json!([])), ["iam.policy_unknown"]);
}

#[test]
fn four_tags_are_required_where_tags_can_be() {
    let all = json!({"Environment": "e", "Project": "p", "Owner": "o", "ManagedBy": "terraform"});
    assert!(
        rules(json!([resource("aws_s3_bucket", json!({"tags_all": all}))]), json!([])).is_empty()
    );
    let some = json!([resource("aws_s3_bucket", json!({"tags_all": {"Owner": "o"}}))]);
    assert_eq!(
        findings(some, json!([]))[0].message,
        "aws_s3_bucket.x lacks the tags Environment, ManagedBy, Project"
    );
    let mut none = resource("aws_s3_bucket", json!({"tags": null}));
    none["change"]["after_unknown"] = json!({"tags_all": true});
    assert_eq!(rules(json!([none]), json!([])), ["tags.required"]);
    let untaggable = json!([resource("aws_s3_bucket_versioning", json!({"bucket": "b"}))]);
    assert!(rules(untaggable, json!([])).is_empty());
}

#[test]
fn only_a_load_balancer_on_443_listens_to_everyone() {
    let group = |port: u16, cidr: &str| {
        let rule = json!({"from_port": port, "to_port": port, "cidr_blocks": [cidr]});
        json!([resource("aws_security_group", json!({"ingress": [rule]}))])
    };
    let balancer = json!([
        block("aws_security_group", "x", &[]),
        block("aws_lb", "front", &[("security_groups", "aws_security_group.x")]),
    ]);
    assert!(rules(group(22, "10.0.0.0/8"), json!([])).is_empty());
    assert_eq!(rules(group(22, "0.0.0.0/0"), balancer.clone()), ["network.open_ingress"]);
    assert_eq!(rules(group(443, "0.0.0.0/0"), json!([])), ["network.open_ingress"]);
    assert!(rules(group(443, "0.0.0.0/0"), balancer.clone()).is_empty());
    let v6 = json!([resource("aws_vpc_security_group_ingress_rule", json!({"cidr_ipv6": "::/0"}))]);
    assert_eq!(rules(v6, json!([])), ["network.open_ingress"]);
    let rule = |kind: &str| {
        let after =
            json!({"type": kind, "from_port": 443, "to_port": 443, "cidr_blocks": ["0.0.0.0/0"]});
        json!([resource("aws_security_group_rule", after)])
    };
    assert_eq!(rules(rule("ingress"), json!([])), ["network.open_ingress"]);
    assert!(rules(rule("egress"), json!([])).is_empty());
    let on_balancer = json!([
        block("aws_security_group", "front", &[]),
        block("aws_security_group_rule", "x", &[("security_group_id", "aws_security_group.front")]),
        block("aws_lb", "front", &[("security_groups", "aws_security_group.front")]),
    ]);
    assert!(rules(rule("ingress"), on_balancer).is_empty());
}

#[test]
fn queues_have_dead_letter_queues() {
    let bare = || resource("aws_sqs_queue", json!({"name": "q"}));
    assert_eq!(rules(json!([bare()]), json!([])), ["sqs.no_dlq"]);
    let policy = json!({"redrive_policy": "{\"deadLetterTargetArn\":\"a\",\"maxReceiveCount\":3}"});
    assert!(rules(json!([resource("aws_sqs_queue", policy)]), json!([])).is_empty());
    let mut later = bare();
    later["change"]["after_unknown"] = json!({"redrive_policy": true});
    assert!(rules(json!([later]), json!([])).is_empty());
    let target = json!([
        block("aws_sqs_queue", "x", &[]),
        block("aws_sqs_queue", "main", &[("redrive_policy", "aws_sqs_queue.x")]),
    ]);
    assert!(rules(json!([bare()]), target).is_empty());
    let mut keyed = bare();
    keyed["address"] = json!("module.m[\"a\"].aws_sqs_queue.x[0]");
    assert_eq!(
        findings(json!([keyed]), json!([]))[0].resource,
        "module.m[\"a\"].aws_sqs_queue.x[0]"
    );
}

#[test]
fn databases_stay_out_of_public_subnets() {
    let subnet = |public: bool| {
        let after = json!({"map_public_ip_on_launch": public, "tags_all": null});
        let mut s = resource("aws_subnet", after);
        s["change"]["after"].as_object_mut().unwrap().remove("tags_all");
        json!([s])
    };
    let group = block("aws_db_subnet_group", "db", &[("subnet_ids", "aws_subnet.x")]);
    let subnet_block = block("aws_subnet", "x", &[]);
    let config = json!([group, subnet_block]);
    assert_eq!(rules(subnet(true), config.clone()), ["database.public_subnet"]);
    assert!(rules(subnet(false), config).is_empty());
    let routed = json!([
        group,
        subnet_block,
        block("aws_internet_gateway", "gw", &[]),
        block("aws_route_table", "t", &[("route", "aws_internet_gateway.gw")]),
        block(
            "aws_route_table_association",
            "a",
            &[("subnet_id", "aws_subnet.x"), ("route_table_id", "aws_route_table.t")]
        ),
    ]);
    assert_eq!(rules(subnet(false), routed), ["database.public_subnet"]);
    let instance =
        |public: bool| json!([resource("aws_db_instance", json!({"publicly_accessible": public}))]);
    assert_eq!(rules(instance(true), json!([])), ["database.publicly_accessible"]);
    assert!(rules(instance(false), json!([])).is_empty());
}

#[test]
fn every_policy_file_is_in_the_bundle_and_every_rule_in_the_readme() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let readme = std::fs::read_to_string(folder.join("README.md")).unwrap();
    let source = include_str!("../src/bundle.rs");
    for file in std::fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.ends_with(".rego") {
            continue;
        }
        assert!(source.contains(&format!("(\"{name}\"")), "{name} is not embedded");
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            if let Some(rule) = line.trim().strip_prefix("\"rule\": \"") {
                let rule = rule.trim_end_matches("\",");
                assert!(readme.contains(&format!("`{rule}`")), "{rule} is not in the README");
            }
        }
    }
}

#[test]
fn a_bundle_that_fails_is_an_error_and_not_a_pass() {
    let bad = Bundle::compile(&[("x.rego", "package x\nimport rego.v1\nfoo if {")]);
    assert!(matches!(bad, Err(BundleError::Compile { .. })));
    let empty = Bundle::compile(&[("x.rego", "package x\nimport rego.v1\n")]).unwrap();
    assert!(matches!(empty.evaluate(&json!({})), Err(BundleError::Evaluate(_))));
    let odd = "package headgate.main\nimport rego.v1\nfindings contains {\"rule\": 1}\n";
    let odd = Bundle::compile(&[("x.rego", odd)]).unwrap();
    assert!(matches!(odd.evaluate(&json!({})), Err(BundleError::Finding(_))));
}

#[test]
fn the_digest_is_of_names_and_bytes() {
    let one = Bundle::compile(&[("a.rego", "package a\n")]).unwrap();
    let renamed = Bundle::compile(&[("b.rego", "package a\n")]).unwrap();
    let edited = Bundle::compile(&[("a.rego", "package a\n# x\n")]).unwrap();
    assert_ne!(one.digest(), renamed.digest());
    assert_ne!(one.digest(), edited.digest());
}
