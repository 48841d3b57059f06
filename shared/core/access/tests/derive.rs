//! What an apply may do, by what its plan does.
#![allow(clippy::unwrap_used)]

mod plans;

use headgate_access::{Access, Allowed, Grant, MAX_POLICY, Place, Width, derive};
use headgate_domain::plan::Plan;
use headgate_domain::state::PlannedState;
use proptest::prelude::*;
use serde_json::{Value, json};

use plans::{Block, data, plan, resource};

const ACCOUNT: &str = "111122223333";

fn place() -> Place {
    Place::new(ACCOUNT, "eu-central-1")
}

fn of(blocks: &[Block]) -> Access {
    derive(&plan(blocks), &place(), None, Allowed::default())
}

/// The narrowest policy.
fn policy(access: &Access) -> Value {
    assert_eq!(access.unknown, []);
    serde_json::from_str(&access.policies[0].document).unwrap()
}

/// Whether a policy allows an action on a resource, by IAM's own rules for wildcards; conditions are taken as met.
fn allows(policy: &Value, action: &str, resource: &str) -> bool {
    let matches = |patterns: &Value, text: &str| {
        patterns
            .as_array()
            .unwrap()
            .iter()
            .any(|p| wild(p.as_str().unwrap().as_bytes(), text.as_bytes()))
    };
    policy["Statement"].as_array().unwrap().iter().any(|statement| {
        statement["Effect"] == "Allow"
            && matches(&statement["Action"], action)
            && matches(&statement["Resource"], resource)
    })
}

/// An independent reading of IAM's patterns: `*`, `?`, and `${*}`, `${?}`, `${$}` for themselves.
fn wild(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        ([b'$', b'{', c, b'}', rest @ ..], [t, after @ ..]) => c == t && wild(rest, after),
        ([b'*', rest @ ..], _) => {
            wild(rest, text) || (!text.is_empty() && wild(pattern, &text[1..]))
        }
        ([b'?', rest @ ..], [_, after @ ..]) => wild(rest, after),
        ([c, rest @ ..], [t, after @ ..]) => c == t && wild(rest, after),
        _ => false,
    }
}

fn arn(rest: &str) -> String {
    format!("arn:aws:{}", rest.replace("A:", &format!("{ACCOUNT}:")))
}

#[test]
fn the_demo_may_touch_its_resources_and_nothing_else() {
    let text = include_str!("../../../../tests/fixtures/plan.json");
    let demo = Plan::parse(text.as_bytes()).unwrap();
    let access = derive(&demo, &Place::new("000000000000", "us-east-1"), None, Allowed::default());
    let policy = policy(&access);
    let own = |rest: &str| rest.replace("A:", "000000000000:");
    for (action, resource) in [
        ("sqs:CreateQueue", own("arn:aws:sqs:us-east-1:A:orders-local-intake")),
        ("sqs:CreateQueue", own("arn:aws:sqs:us-east-1:A:orders-local-intake-dlq")),
        ("s3:PutBucketVersioning", "arn:aws:s3:::orders-local-receipts".to_owned()),
        ("iam:AttachRolePolicy", own("arn:aws:iam::A:role/orders-local-worker")),
        ("iam:CreatePolicy", own("arn:aws:iam::A:policy/orders-local-worker")),
        ("sqs:ListQueues", "*".to_owned()),
    ] {
        assert!(allows(&policy, action, &resource), "{action} {resource}\n{policy:#}");
    }
    for (action, resource) in [
        ("sqs:CreateQueue", own("arn:aws:sqs:us-east-1:A:other")),
        ("sqs:CreateQueue", own("arn:aws:sqs:eu-west-1:A:orders-local-intake")),
        ("sqs:SendMessage", "arn:aws:sqs:us-east-1:999999999999:orders-local-intake".to_owned()),
        ("s3:GetObject", "arn:aws:s3:::orders-local-receipts/receipt".to_owned()),
        ("s3:ListBucket", "arn:aws:s3:::other".to_owned()),
        ("iam:CreateUser", own("arn:aws:iam::A:user/mallory")),
        ("iam:AttachRolePolicy", own("arn:aws:iam::A:role/admin")),
        ("iam:PassRole", own("arn:aws:iam::A:role/admin")),
        ("sts:AssumeRole", own("arn:aws:iam::A:role/admin")),
        ("dynamodb:GetItem", own("arn:aws:dynamodb:us-east-1:A:table/x")),
    ] {
        assert!(!allows(&policy, action, &resource), "{action} {resource}\n{policy:#}");
    }
    let widths: Vec<_> = access.policies.iter().map(|p| p.width).collect();
    assert_eq!(widths, [Width::Exact]);
}

#[test]
fn a_wildcard_in_a_name_is_only_that_character() {
    let access = of(&[resource("aws_sqs_queue", "q", json!({ "name": "*" }))]);
    let policy = policy(&access);
    assert!(allows(&policy, "sqs:DeleteQueue", &arn("sqs:eu-central-1:A:*")));
    assert!(!allows(&policy, "sqs:DeleteQueue", &arn("sqs:eu-central-1:A:orders")));
    let dollar = of(&[resource("aws_sqs_queue", "q", json!({ "name": "${aws_username}" }))]);
    assert!(dollar.policies[0].document.contains("${$}{aws_username}"));
}

#[test]
fn a_name_that_the_provider_makes_up_has_its_prefix() {
    let access = of(&[resource("aws_sqs_queue", "q", json!({ "name": null }))]);
    let policy = policy(&access);
    assert!(allows(
        &policy,
        "sqs:CreateQueue",
        &arn("sqs:eu-central-1:A:terraform-20261130174501123400000001")
    ));
    assert!(!allows(&policy, "sqs:CreateQueue", &arn("sqs:eu-central-1:A:orders")));
}

#[test]
fn a_resource_of_another_in_the_plan_shares_its_arn() {
    let bucket = resource("aws_s3_bucket", "b", json!({ "bucket": "logs" }));
    let policy_of = |from: &str| {
        let versions = resource("aws_s3_bucket_versioning", "v", json!({}));
        of(&[bucket.clone(), versions.refers("bucket", &[from])])
    };
    let shared = policy(&policy_of("aws_s3_bucket.b"));
    assert!(allows(&shared, "s3:PutBucketVersioning", "arn:aws:s3:::logs"));
    assert!(!allows(&shared, "s3:PutBucketVersioning", "arn:aws:s3:::other"));
    assert!(!allows(&shared, "s3:PutBucketVersioning", "arn:aws:s3:::logs/object"));
    // Nobody knows which bucket: S3 as a whole would be every object of the account.
    assert!(policy_of("random_id.b").unknown[0].problem.contains("s3"));
    // In few services, there is little to lose.
    let addresses = resource("aws_wafv2_ip_set", "t", json!({}));
    let addresses = of(&[addresses]);
    assert!(allows(&policy(&addresses), "wafv2:CreateIPSet", "*"));
    assert!(addresses.policies[0].document.contains("aws:RequestedRegion"));
}

#[test]
fn force_destroy_may_delete_objects() {
    let bucket = |force| json!({ "bucket": "logs", "force_destroy": force });
    let delete = |values| {
        let access = of(&[resource("aws_s3_bucket", "b", values)]);
        allows(&policy(&access), "s3:DeleteObject", "arn:aws:s3:::logs/a")
    };
    assert!(delete(bucket(true)) && !delete(bucket(false)));
}

#[test]
fn iam_is_never_allowed_as_a_whole() {
    let role = resource("aws_iam_role", "r", json!({})).refers("name", &["random_id.x"]);
    let access = of(&[role]);
    assert!(access.unknown[0].problem.contains("iam"), "{access:?}");
    // Many roles with nothing in common do not fit, and are not merged.
    let roles: Vec<_> = (0..90)
        .map(|n| {
            let name = format!("{}-{}", ["web", "api", "job"][n % 3], "x".repeat(n));
            resource("aws_iam_role", &format!("r{n}"), json!({ "name": name }))
        })
        .collect();
    let access = of(&roles);
    assert!(access.policies.is_empty() && access.unknown[0].fix.contains("split"), "{access:?}");
}

#[test]
fn only_the_roles_of_the_plan_are_passed() {
    let function = |role: Value| {
        resource("aws_lambda_function", "f", json!({ "function_name": "f", "role": role }))
    };
    let known = policy(&of(&[function(json!(arn("iam::A:role/worker")))]));
    assert!(allows(&known, "iam:PassRole", &arn("iam::A:role/worker")));
    assert!(!allows(&known, "iam:PassRole", &arn("iam::A:role/admin")));
    assert!(!allows(&known, "iam:CreateRole", &arn("iam::A:role/worker")));
    // A wildcard passes nothing.
    let any = policy(&of(&[function(json!(arn("iam::A:role/*")))]));
    assert!(!allows(&any, "iam:PassRole", &arn("iam::A:role/admin")));
    // A role that the plan creates.
    let role = resource("aws_iam_role", "w", json!({ "name": "worker" }));
    let created = function(Value::Null).unknown("role").refers("role", &["aws_iam_role.w"]);
    let created = policy(&of(&[role, created]));
    assert!(allows(&created, "iam:PassRole", &arn("iam::A:role/worker")));
    assert!(!allows(&created, "iam:PassRole", &arn("iam::A:role/admin")));
    // A role that nobody knows yet.
    let hidden = function(Value::Null).unknown("role").refers("role", &["terraform_data.x"]);
    assert!(of(&[hidden]).unknown[0].problem.contains("`role`"));
}

#[test]
fn what_nobody_knows_gives_no_credentials() {
    let odd = of(&[resource("aws_cloudcontrolapi_resource", "x", json!({}))]);
    assert!(odd.unknown[0].problem.contains("aws_cloudcontrolapi_resource"));
    let awscc = of(&[resource("awscc_sqs_queue", "x", json!({}))]);
    assert_eq!(awscc.unknown.len(), 1);
    let secret = of(&[data("aws_secretsmanager_secret_version", "x", json!({}))]);
    assert!(secret.unknown[0].problem.contains("secretsmanager"));
    for setting in ["assume_role", "access_key", "profile"] {
        let mut text = plans::json(&[resource("aws_sqs_queue", "q", json!({ "name": "q" }))]);
        text["configuration"]["provider_config"]["aws"]["expressions"][setting] =
            json!({ "constant_value": "x" });
        let plan = Plan::parse(text.to_string().as_bytes()).unwrap();
        let access = derive(&plan, &place(), None, Allowed::default());
        assert!(access.unknown[0].problem.contains(setting), "{access:?}");
    }
}

#[test]
fn an_environment_can_grant_more_by_type() {
    let grant = |types: &[&str]| Grant {
        types: types.iter().map(|t| (*t).to_owned()).collect(),
        actions: vec!["secretsmanager:CreateSecret".to_owned()],
        resources: vec!["*".to_owned()],
    };
    let blocks = [resource("awscc_rds_db_instance", "x", json!({}))];
    let grants = [grant(&["awscc_rds_db_instance"])];
    let allowed = Allowed { grants: &grants, ..Allowed::default() };
    let granted = derive(&plan(&blocks), &place(), None, allowed);
    assert!(allows(&policy(&granted), "secretsmanager:CreateSecret", "*"));
    let other = [resource("aws_sqs_queue", "q", json!({ "name": "q" }))];
    let other = derive(&plan(&other), &place(), None, allowed);
    assert!(!allows(&policy(&other), "secretsmanager:CreateSecret", "*"));
}

#[test]
fn a_plan_without_needs_may_do_nothing() {
    let access = of(&[resource("terraform_data", "x", json!({}))]);
    let policy = policy(&access);
    assert_eq!(policy["Statement"][0]["Effect"], "Deny");
    let unchanged = resource("aws_sqs_queue", "q", json!({ "name": "q" })).does("no-op");
    assert_eq!(of(&[unchanged]), access);
}

#[test]
fn data_sources_are_read_and_not_written() {
    let policy_of = |kind: &str, values| policy(&of(&[data(kind, "x", values)]));
    let vpc = policy_of("aws_vpc", json!({}));
    assert!(allows(&vpc, "ec2:DescribeVpcs", "*") && !allows(&vpc, "ec2:DeleteVpc", "*"));
    let object = policy_of("aws_s3_object", json!({ "bucket": "b", "key": "k" }));
    assert!(allows(&object, "s3:GetObject", "arn:aws:s3:::b/k"));
    assert!(!allows(&object, "s3:GetObject", "arn:aws:s3:::b/other"));
    assert!(!allows(&object, "s3:PutObject", "arn:aws:s3:::b/k"));
    // It is computed without a call.
    let document = of(&[data("aws_iam_policy_document", "x", json!({}))]);
    assert_eq!(policy(&document)["Statement"][0]["Effect"], "Deny");
}

#[test]
fn an_arn_of_another_service_is_not_taken() {
    let role = resource("aws_iam_role", "r", json!({ "name": "app" }));
    let topic = json!({ "arn": arn("iam::A:role/admin"), "policy": "{}" });
    let access = of(&[role, resource("aws_sns_topic_policy", "t", topic)]);
    assert!(access.unknown[0].problem.contains("sns"));
    assert!(access.policies.iter().all(|policy| !policy.document.contains("role/admin")));
}

#[test]
fn the_state_is_written_and_no_other() {
    let state = |settings: Value, workspace: &str| PlannedState {
        backend: "s3".to_owned(),
        place: serde_json::from_value(settings).unwrap(),
        workspace: workspace.to_owned(),
        lineage: String::new(),
        serial: 0,
    };
    let nothing = plan(&[]);
    let derived =
        |state: &PlannedState| derive(&nothing, &place(), Some(state), Allowed::default());
    let base = json!({ "bucket": "states", "key": "a/orders.tfstate", "region": "eu-central-1" });
    let known = policy(&derived(&state(base.clone(), "default")));
    for object in ["a/orders.tfstate", "a/orders.tfstate.tflock"] {
        assert!(allows(&known, "s3:PutObject", &format!("arn:aws:s3:::states/{object}")));
    }
    assert!(!allows(&known, "s3:PutObject", "arn:aws:s3:::states/a/other.tfstate"));
    let blue = policy(&derived(&state(base.clone(), "blue")));
    assert!(allows(&blue, "s3:GetObject", "arn:aws:s3:::states/env:/blue/a/orders.tfstate"));
    let elsewhere =
        derived(&state(json!({ "bucket": "b", "key": "k", "region": "us-east-2" }), ""));
    assert!(elsewhere.policies[0].document.contains("*.us-east-2.*"));
    let mut locked = base.clone();
    locked["dynamodb_table"] = "locks".into();
    let locked = policy(&derived(&state(locked, "default")));
    let table = arn("dynamodb:eu-central-1:A:table/locks");
    assert!(allows(&locked, "dynamodb:PutItem", &table));
    assert!(!allows(&locked, "dynamodb:DeleteTable", &table));
    let odd = [
        ("assume_role", "(hidden)"),
        ("key", "*"),
        ("profile", "(hidden)"),
        ("dynamodb_table", "*"),
        ("region", "*"),
    ];
    for (name, value) in odd {
        let mut odd = base.clone();
        odd[name] = value.into();
        assert_eq!(derived(&state(odd, "default")).unknown.len(), 1, "{name}");
    }
}

#[test]
fn wider_policies_follow_and_every_policy_fits() {
    let of = |blocks: &[Block]| {
        let names = Allowed { widest: Width::Names, ..Allowed::default() };
        derive(&plan(blocks), &place(), None, names)
    };
    let queues = |count: usize| -> Vec<_> {
        (0..count)
            .map(|n| {
                let name = format!("orders-queue-{n}");
                resource("aws_sqs_queue", &format!("q{n}"), json!({ "name": name }))
            })
            .collect()
    };
    let widths = |access: &Access| access.policies.iter().map(|p| p.width).collect::<Vec<_>>();
    assert_eq!(widths(&of(&queues(3))), [Width::Exact, Width::Names]);
    let many = of(&queues(300));
    assert_eq!(widths(&many), [Width::Names]);
    // Unless the environment says so, nothing is widened.
    let exact = derive(&plan(&queues(3)), &place(), None, Allowed::default());
    assert_eq!(widths(&exact), [Width::Exact]);
    assert_eq!(derive(&plan(&queues(300)), &place(), None, Allowed::default()).unknown.len(), 1);
    let policy = policy(&many);
    assert!(allows(&policy, "sqs:CreateQueue", &arn("sqs:eu-central-1:A:orders-queue-299")));
    assert!(!allows(&policy, "sqs:CreateQueue", &arn("sqs:eu-central-1:A:payments")));
}

/// Configurations repeat blocks; the policies must be found in time, however many there are.
#[test]
fn many_instances_take_little_time() {
    let mut text = plans::json(&[]);
    let (mut changes, count) = (Vec::new(), 4_000);
    for n in 0..count {
        let change = |kind: &str, name: &str, after: Value| {
            json!({
                "address": format!("{kind}.{name}[\"k{n}\"]"), "mode": "managed", "type": kind, "name": name,
                "index": format!("k{n}"), "provider_name": "registry.terraform.io/hashicorp/aws",
                "change": { "actions": ["create"], "before": null, "after": after, "after_unknown": {} },
            })
        };
        changes.push(change("aws_s3_bucket", "b", json!({ "bucket": format!("bucket-{n}") })));
        changes.push(change("aws_s3_bucket_versioning", "v", json!({})));
        changes.push(change("aws_s3_bucket_policy", "p", json!({})));
    }
    let block = |kind: &str, name: &str, expressions: Value| {
        json!({
            "address": format!("{kind}.{name}"), "mode": "managed", "type": kind, "name": name,
            "provider_config_key": "aws", "expressions": expressions,
            "for_each_expression": { "references": ["local.all"] },
        })
    };
    let same = json!({ "references": ["aws_s3_bucket.b", "each.key"] });
    let unclear = json!({ "references": ["aws_s3_bucket.b"] });
    text["resource_changes"] = changes.into();
    text["configuration"]["root_module"]["resources"] = json!([
        block("aws_s3_bucket", "b", json!({ "bucket": { "references": ["each.key"] } })),
        block("aws_s3_bucket_versioning", "v", json!({ "bucket": same })),
        block("aws_s3_bucket_policy", "p", json!({ "bucket": unclear })),
    ]);
    let plan = Plan::parse(text.to_string().as_bytes()).unwrap();
    let began = std::time::Instant::now();
    let access = derive(&plan, &place(), None, Allowed::default());
    assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
    // One that may mean any of thousands is unknown.
    assert!(access.unknown.iter().all(|u| u.address.starts_with("aws_s3_bucket_policy")));
    assert_eq!(access.unknown.len(), 20);
}

/// Each of these was tried against an earlier version, and gave more than the plan needs.
mod attacks {
    use super::*;

    fn rule() -> Block {
        resource("aws_security_group_rule", "r", json!({}))
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
        let secret =
            |name: &str| arn(&format!("secretsmanager:eu-central-1:A:secret:{name}-AbCdEf"));
        assert!(allows(&version, "secretsmanager:PutSecretValue", &secret("orders")));
        assert!(!allows(&version, "secretsmanager:PutSecretValue", &secret("payments")));
        assert!(!allows(&version, "secretsmanager:DeleteSecret", &secret("orders")));
    }

    #[test]
    fn padding_never_widens_what_is_read_or_iam() {
        let mut blocks: Vec<_> = (0..60)
            .map(|n| {
                resource(
                    "aws_sqs_queue",
                    &format!("q{n}"),
                    json!({ "name": format!("orders-{n}") }),
                )
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
        let attached =
            json!({ "role": "app", "policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess" });
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
        let computed =
            json!({ "name": "app", "managed_policy_arns": ["arn:aws:iam::aws:policy/X"] });
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
}

proptest! {
    /// Whatever the plan has, no policy is too long, and none allows IAM, STS or Organizations unless the plan has resources of IAM.
    #[test]
    fn a_plan_without_iam_cannot_touch_it(
        picked in proptest::collection::vec((0..1000usize, "[a-z*?$/:]{0,12}"), 0..25)
    ) {
        let kinds: Vec<_> = include_str!("../src/services.txt").lines()
            .filter(|l| !l.starts_with('#'))
            .map(|l| l.split(' ').next().unwrap())
            .filter(|k| !k.starts_with("iam") && *k != "organizations")
            .collect();
        let blocks: Vec<_> = picked.iter().enumerate().map(|(n, (kind, name))| {
            let kind = format!("aws_{}_thing", kinds[kind % kinds.len()]);
            resource(&kind, &format!("r{n}"), json!({ "name": name, "role_arn": "arn:aws:iam::1:role/x" }))
        }).collect();
        let access = of(&blocks);
        for policy in &access.policies {
            prop_assert!(policy.document.len() <= MAX_POLICY);
            let policy: Value = serde_json::from_str(&policy.document).unwrap();
            for action in ["iam:CreateUser", "iam:PutRolePolicy", "sts:AssumeRole", "organizations:LeaveOrganization"] {
                prop_assert!(!allows(&policy, action, "*"), "{action}");
                prop_assert!(!allows(&policy, action, "arn:aws:iam::1:role/x"), "{action}");
            }
            prop_assert!(!allows(&policy, "iam:PassRole", "arn:aws:iam::1:role/other"));
        }
    }

    /// A queue's policy allows its own name and no other, whatever the names.
    #[test]
    fn a_queue_is_only_itself(name in "[a-z*?$]{1,8}", other in "[a-z]{1,8}") {
        prop_assume!(name != other);
        let access = of(&[resource("aws_sqs_queue", "q", json!({ "name": name }))]);
        let policy = policy(&access);
        let own = arn(&format!("sqs:eu-central-1:A:{name}"));
        let elsewhere = arn(&format!("sqs:eu-central-1:A:{other}"));
        prop_assert!(allows(&policy, "sqs:CreateQueue", &own));
        prop_assert!(!allows(&policy, "sqs:CreateQueue", &elsewhere));
    }
}
