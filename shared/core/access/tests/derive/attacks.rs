//! Each of these was tried against an earlier version, and gave more than the plan needs.

use headgate_access::{Allowed, Grant, Width, derive};
use headgate_domain::plan::Plan;
use headgate_domain::state::PlannedState;
use serde_json::{Value, json};

use crate::plans::{self, Block, data, plan, resource};
use crate::policy::{allows, arn, of, place, policy};

fn rule() -> Block {
    resource("aws_security_group_rule", "r", json!({ "security_group_id": "sg-1" }))
}

#[test]
fn a_role_in_free_text_is_not_passed() {
    let admin = arn("iam::A:role/Admin");
    let tagged = json!({ "name": "q", "tags": { "role": admin } });
    let policy_of = policy(&of(&[resource("aws_sqs_queue", "q", tagged), rule()]));
    assert!(!allows(&policy_of, "iam:PassRole", &admin));
    assert!(!allows(&policy_of, "ec2:RunInstances", "*"));
    let variables = json!([{ "variables": { "deploy_role_arn": admin } }]);
    let function =
        json!({ "function_name": "f", "environment": variables, "role": arn("iam::A:role/f") });
    let policy_of = policy(&of(&[resource("aws_lambda_function", "f", function)]));
    assert!(allows(&policy_of, "iam:PassRole", &arn("iam::A:role/f")));
    assert!(!allows(&policy_of, "iam:PassRole", &admin));
}

#[test]
fn a_prefix_is_not_every_name_that_begins_with_it() {
    let queue = resource("aws_sqs_queue", "r", json!({ "name_prefix": "prod-" }));
    let policy = policy(&of(&[queue]));
    let queue = |name: &str| arn(&format!("sqs:eu-central-1:A:{name}"));
    assert!(allows(&policy, "sqs:CreateQueue", &queue("prod-20261130174501123400000001")));
    for other in ["prod-admin", "prod-", "prod-20261130174501123400000001-x"] {
        assert!(!allows(&policy, "sqs:DeleteQueue", &queue(other)));
    }
    // Names of roles may be that long, too: OrganizationAccountAccessRole.
    let role = resource("aws_iam_role", "r", json!({ "name_prefix": "Org" }));
    assert!(of(&[role]).unknown[0].problem.contains("iam"));
    let data = json!({ "bucket_prefix": "prod-data/" });
    assert_eq!(of(&[resource("aws_s3_bucket", "b", data)]).unknown.len(), 1);
}

#[test]
fn a_key_is_not_every_key() {
    let existing = arn("kms:eu-central-1:A:key/other");
    let created = policy(&of(&[resource("aws_kms_key", "k", json!({}))]));
    assert!(allows(&created, "kms:CreateKey", "*"));
    for action in ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DisableKey"] {
        assert!(!allows(&created, action, &existing), "{action}");
    }
    let secrets = of(&[data("aws_kms_secrets", "s", json!({}))]);
    assert_eq!(secrets.unknown.len(), 1);
}

#[test]
fn a_store_is_never_opened_as_a_whole() {
    for (kind, values) in [
        ("aws_ssm_association", json!({ "name": "x" })),
        ("aws_s3control_bucket", json!({ "bucket": "x" })),
        ("aws_codebuild_webhook", json!({ "project_name": "x" })),
        ("aws_sagemaker_model", json!({ "name": "x" })),
    ] {
        assert_eq!(of(&[resource(kind, "x", values)]).unknown.len(), 1, "{kind}");
    }
    let named = json!({ "secret_id": "orders" });
    let version = policy(&of(&[resource("aws_secretsmanager_secret_version", "v", named)]));
    let secret = |name: &str| arn(&format!("secretsmanager:eu-central-1:A:secret:{name}-AbCdEf"));
    assert!(allows(&version, "secretsmanager:PutSecretValue", &secret("orders")));
    assert!(!allows(&version, "secretsmanager:PutSecretValue", &secret("payments")));
    assert!(!allows(&version, "secretsmanager:DeleteSecret", &secret("orders")));
}

#[test]
fn padding_never_widens_what_is_read_or_iam() {
    let mut blocks: Vec<_> = (0..60)
        .map(|n| {
            resource("aws_sqs_queue", &format!("q{n}"), json!({ "name": format!("orders-{n}") }))
        })
        .collect();
    for name in ["alpha", "beta"] {
        let values = json!({ "secret_id": name });
        blocks.push(data("aws_secretsmanager_secret_version", name, values));
    }
    for name in ["prod-a", "prod-b"] {
        blocks.push(resource("aws_iam_role", name, json!({ "name": name })));
    }
    let wide = Allowed { widest: Width::Services, ..Allowed::default() };
    let access = derive(&plan(&blocks), &place(), None, wide);
    assert!(!access.policies.is_empty());
    for policy in &access.policies {
        let policy: Value = serde_json::from_str(&policy.document).unwrap();
        let secret = arn("secretsmanager:eu-central-1:A:secret:gamma-AbCdEf");
        assert!(!allows(&policy, "secretsmanager:GetSecretValue", &secret));
        assert!(!allows(&policy, "iam:UpdateRole", &arn("iam::A:role/prod-admin")));
    }
    let buckets: Vec<_> = ["wx", "vx"]
        .map(|name| resource("aws_s3_bucket", name, json!({ "bucket": name })))
        .to_vec();
    for policy in of(&buckets).policies {
        assert!(!policy.document.contains("arn:aws:s3:::*"), "{}", policy.document);
    }
}

#[test]
fn what_belongs_to_a_resource_does_not_own_it() {
    let permission =
        json!({ "function_name": arn("lambda:eu-central-1:A:function:payments:live") });
    let permission = policy(&of(&[resource("aws_lambda_permission", "p", permission)]));
    let function = arn("lambda:eu-central-1:A:function:payments");
    assert!(allows(&permission, "lambda:AddPermission", &function));
    assert!(!allows(&permission, "lambda:UpdateFunctionCode", &function));
    let object = json!({ "bucket": "b", "key": "k" });
    let object = policy(&of(&[resource("aws_s3_object", "o", object)]));
    assert!(allows(&object, "s3:PutObject", "arn:aws:s3:::b/k"));
    assert!(!allows(&object, "s3:PutBucketPolicy", "arn:aws:s3:::b"));
    let attached = json!({ "role": "app", "policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess" });
    let attached = policy(&of(&[resource("aws_iam_role_policy_attachment", "a", attached)]));
    assert!(allows(&attached, "iam:AttachRolePolicy", &arn("iam::A:role/app")));
    assert!(!allows(&attached, "iam:UpdateAssumeRolePolicy", &arn("iam::A:role/app")));
}

#[test]
fn reading_a_data_source_returns_no_credentials() {
    for (kind, action) in [
        ("aws_redshift_cluster", "redshift:GetClusterCredentials"),
        ("aws_instance", "ec2:GetPasswordData"),
        ("aws_lb", "cognito-idp:DescribeUserPoolClient"),
    ] {
        let access = of(&[data(kind, "x", json!({}))]);
        assert!(!allows(&policy(&access), action, "*"), "{kind}");
    }
    assert_eq!(of(&[data("aws_ecr_repositories", "x", json!({}))]).unknown.len(), 1);
}

#[test]
fn a_name_of_another_type_is_no_role() {
    let queue = json!({ "name": "OrganizationAccountAccessRole" });
    let queue = resource("aws_sqs_queue", "q", queue);
    let attached = resource("aws_iam_role_policy_attachment", "a", json!({}));
    let attached = attached.unknown("role").refers("role", &["aws_sqs_queue.q"]);
    let access = of(&[queue, attached]);
    assert!(access.unknown[0].problem.contains("iam"));
    assert!(access.policies.iter().all(|policy| !policy.document.contains(":role/")));
}

#[test]
fn a_name_that_something_else_has_a_part_in_is_unknown() {
    let bucket = resource("aws_s3_bucket", "b", json!({ "bucket": "logs" }));
    let versions = resource("aws_s3_bucket_versioning", "v", json!({}));
    let both = versions.refers("bucket", &["aws_s3_bucket.b", "random_id.x"]);
    assert_eq!(of(&[bucket, both]).unknown.len(), 1);
}

#[test]
fn what_runs_or_routes_is_not_allowed_on_everything() {
    for kind in [
        "aws_instance",
        "aws_cloudformation_stack",
        "aws_eks_access_policy_association",
        "aws_budgets_budget_action",
        "aws_xray_group",
        "aws_service_discovery_http_namespace",
        "aws_route",
        "aws_vpc_endpoint",
        "aws_lambda_event_source_mapping",
        "aws_eip_association",
    ] {
        assert_eq!(of(&[resource(kind, "x", json!({ "name": "x" }))]).unknown.len(), 1, "{kind}");
    }
    let scaled = json!({ "name": "p", "autoscaling_group_name": "web" });
    let scaled = policy(&of(&[resource("aws_autoscaling_policy", "p", scaled)]));
    for action in ["ec2:RunInstances", "autoscaling:UpdateAutoScalingGroup"] {
        assert!(!allows(&scaled, action, "*"), "{action}");
    }
}

#[test]
fn a_default_does_not_stand_for_what_is_unknown() {
    let bus = resource("aws_cloudwatch_event_bus_policy", "p", json!({ "policy": "{}" }));
    assert_eq!(of(&[bus.clone().unknown("event_bus_name")]).unknown.len(), 1);
    assert!(of(&[bus]).unknown.is_empty());
    let role = resource("aws_iam_role", "r", json!({ "name": "Admin" }));
    assert_eq!(of(&[role.unknown("path")]).unknown.len(), 1);
    let glued = json!({ "path": "/Adm", "name": "in" });
    assert_eq!(of(&[resource("aws_iam_role", "r", glued)]).unknown.len(), 1);
}

#[test]
fn a_listener_belongs_to_one_load_balancer() {
    let listener =
        |arn: &str| of(&[resource("aws_lb_listener", "l", json!({ "load_balancer_arn": arn }))]);
    let own = arn("elasticloadbalancing:eu-central-1:A:loadbalancer/app/web/50dc6c495c0c9188");
    let policy = policy(&listener(&own));
    let action = "elasticloadbalancing:CreateListener";
    assert!(allows(&policy, action, &own));
    let other = arn("elasticloadbalancing:eu-central-1:A:loadbalancer/app/api/60dc6c495c0c9188");
    assert!(!allows(&policy, action, &other));
    assert_eq!(
        listener(&arn("elasticloadbalancing:eu-central-1:A:loadbalancer/app/")).unknown.len(),
        1
    );
}

#[test]
fn a_rule_of_one_bus_is_none_of_another() {
    let rule = |bus: Value| {
        let values = json!({ "name": "nightly", "event_bus_name": bus });
        policy(&of(&[resource("aws_cloudwatch_event_rule", "r", values)]))
    };
    let (own, default) =
        (arn("events:eu-central-1:A:rule/mine/nightly"), arn("events:eu-central-1:A:rule/nightly"));
    let mine = rule(json!("mine"));
    assert!(allows(&mine, "events:PutRule", &own) && !allows(&mine, "events:PutRule", &default));
    for bus in [Value::Null, json!("default")] {
        let rule = rule(bus);
        assert!(
            allows(&rule, "events:PutRule", &default) && !allows(&rule, "events:PutRule", &own)
        );
    }
}

#[test]
fn an_attachment_is_no_role_to_pass() {
    let attached =
        json!({ "role": "admin", "policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess" });
    let attached = resource("aws_iam_role_policy_attachment", "a", attached);
    let function = resource("aws_lambda_function", "f", json!({ "function_name": "f" }));
    let function = function.unknown("role").refers("role", &["aws_iam_role_policy_attachment.a"]);
    assert!(of(&[attached, function]).unknown[0].problem.contains("`role`"));
}

#[test]
fn a_secret_is_known_by_its_arn() {
    let secret = arn("secretsmanager:eu-central-1:A:secret:orders-AbCdEf");
    let version = json!({ "secret_id": secret });
    let version = policy(&of(&[resource("aws_secretsmanager_secret_version", "v", version)]));
    assert!(allows(&version, "secretsmanager:PutSecretValue", &secret));
    assert!(!allows(&version, "secretsmanager:PutSecretValue", &secret.replace("orders", "pay")));
}

#[test]
fn a_slash_does_not_make_an_object_of_a_bucket() {
    let values = json!({ "bucket": "prod-data/customers", "force_destroy": true });
    assert_eq!(of(&[resource("aws_s3_bucket", "b", values)]).unknown.len(), 1);
    let values = json!({ "name": "x:*" });
    assert_eq!(of(&[resource("aws_sqs_queue", "q", values)]).unknown.len(), 1);
}

#[test]
fn only_the_states_of_the_environment_are_written() {
    let state = |settings: Value| PlannedState {
        backend: "s3".to_owned(),
        place: serde_json::from_value(settings).unwrap(),
        workspace: "default".to_owned(),
        lineage: String::new(),
        serial: 0,
    };
    let states =
        ["arn:aws:s3:::states/prod/*".to_owned(), arn("dynamodb:eu-central-1:A:table/locks")];
    let derived = |settings: Value, states: &[String]| {
        let allowed = Allowed { states: Some(states), ..Allowed::default() };
        derive(&plan(&[]), &place(), Some(&state(settings)), allowed).unknown.len()
    };
    let own = json!({ "bucket": "states", "key": "prod/a", "dynamodb_table": "locks" });
    assert_eq!(derived(own.clone(), &states), 0);
    assert_eq!(derived(own, &[]), 1);
    assert_eq!(derived(json!({ "bucket": "states", "key": "dev/a" }), &states), 1);
    assert_eq!(derived(json!({ "bucket": "receipts", "key": "prod/a" }), &states), 1);
    let orders = json!({ "bucket": "states", "key": "prod/a", "dynamodb_table": "orders" });
    assert_eq!(derived(orders, &states), 1);
}

#[test]
fn what_the_configuration_does_not_set_is_not_changed() {
    let computed = json!({ "name": "app", "managed_policy_arns": ["arn:aws:iam::aws:policy/X"] });
    let mut role = resource("aws_iam_role", "r", computed.clone());
    role.forget("managed_policy_arns");
    let role = policy(&of(&[role]));
    assert!(!allows(&role, "iam:AttachRolePolicy", &arn("iam::A:role/app")));
    let role = policy(&of(&[resource("aws_iam_role", "r", computed)]));
    assert!(allows(&role, "iam:AttachRolePolicy", &arn("iam::A:role/app")));
}

#[test]
fn new_machines_and_disks_do_not_open_the_existing_ones() {
    let disk = policy(&of(&[resource("aws_ebs_volume", "v", json!({ "id": null }))]));
    assert!(allows(&disk, "ec2:CreateVolume", "*"));
    let tags = disk["Statement"]
        .as_array()
        .unwrap()
        .iter()
        .find(|statement| statement["Action"] == json!(["ec2:CreateTags"]));
    assert!(tags.unwrap()["Condition"]["StringLike"]["ec2:CreateAction"].is_array());
    for action in ["ec2:ModifySnapshotAttribute", "ec2:CreateSnapshot", "ec2:DeleteVolume"] {
        assert!(!allows(&disk, action, &arn("ec2:eu-central-1:A:volume/vol-1")), "{action}");
    }
}

#[test]
fn a_replaced_resource_is_the_old_one_and_a_new_one() {
    let mut text = plans::json(&[resource("aws_kms_key", "k", json!({}))]);
    let key = arn("kms:eu-central-1:A:key/1");
    text["resource_changes"][0]["change"]["before"] = json!({ "arn": key });
    text["resource_changes"][0]["change"]["actions"] = json!(["delete", "create"]);
    let replaced = Plan::parse(text.to_string().as_bytes()).unwrap();
    let policy = policy(&derive(&replaced, &place(), None, Allowed::default()));
    assert!(allows(&policy, "kms:ScheduleKeyDeletion", &key));
    assert!(allows(&policy, "kms:CreateKey", "*"));
    assert!(!allows(&policy, "kms:ScheduleKeyDeletion", &arn("kms:eu-central-1:A:key/2")));
    assert!(!allows(&policy, "kms:Decrypt", &key) || policy.to_string().contains("ViaService"));
}

#[test]
fn a_data_source_does_not_bring_a_grant_for_writing() {
    let grants = [Grant {
        types: vec!["aws_vpc".to_owned()],
        actions: vec!["ec2:DeleteVpc".to_owned()],
        resources: vec!["*".to_owned()],
    }];
    let allowed = Allowed { grants: &grants, ..Allowed::default() };
    let read = derive(&plan(&[data("aws_vpc", "v", json!({}))]), &place(), None, allowed);
    assert!(!allows(&policy(&read), "ec2:DeleteVpc", "*"));
}

#[test]
fn a_provider_of_the_same_types_from_elsewhere_gets_nothing() {
    let mut text = plans::json(&[resource("aws_sqs_queue", "q", json!({ "name": "q" }))]);
    text["resource_changes"][0]["provider_name"] = json!("registry.terraform.io/acme/aws");
    let plan = Plan::parse(text.to_string().as_bytes()).unwrap();
    let access = derive(&plan, &place(), None, Allowed::default());
    assert!(access.unknown[0].problem.contains("acme"), "{access:?}");
}

#[test]
fn a_region_is_no_pattern() {
    for region in ["*", "*:*:*", "eu-*"] {
        let mut text = plans::json(&[resource("aws_sqs_queue", "q", json!({ "name": "q" }))]);
        text["configuration"]["provider_config"]["aws"]["expressions"]["region"] =
            json!({ "constant_value": region });
        let plan = Plan::parse(text.to_string().as_bytes()).unwrap();
        let access = derive(&plan, &place(), None, Allowed::default());
        assert_eq!(access.unknown.len(), 1, "{region}: {access:?}");
    }
}

#[test]
fn a_deposed_object_counts_beside_the_current_one() {
    let mut text = plans::json(&[
        resource("aws_iam_role", "r", json!({ "name": "new" })),
        resource("aws_iam_role", "r", json!({ "name": "old" })),
    ]);
    text["resource_changes"][1]["deposed"] = json!("abcd1234");
    let plan = Plan::parse(text.to_string().as_bytes()).unwrap();
    let policy = policy(&derive(&plan, &place(), None, Allowed::default()));
    for name in ["new", "old"] {
        assert!(allows(&policy, "iam:DeleteRole", &arn(&format!("iam::A:role/{name}"))));
    }
}
