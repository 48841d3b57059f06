//! What an apply may do, by what its plan does.
#![allow(clippy::unwrap_used)]

mod attacks;
mod plans;
mod policy;

use headgate_access::{Access, Allowed, Grant, MAX_POLICY, Place, Width, derive};
use headgate_domain::plan::Plan;
use headgate_domain::state::PlannedState;
use proptest::prelude::*;
use serde_json::{Value, json};

use plans::{Block, data, plan, resource};
use policy::{allows, arn, of, place, policy};

#[test]
fn the_demo_may_touch_its_resources_and_nothing_else() {
    let text = include_str!("../../../../../tests/fixtures/plan.json");
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
fn a_name_that_the_provider_makes_up_could_be_any_other() {
    let access = of(&[resource("aws_sqs_queue", "q", json!({ "name": null }))]);
    assert!(access.unknown[0].problem.contains("sqs"));
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
    let addresses = of(&[resource("aws_servicequotas_service_quota", "t", json!({}))]);
    assert!(allows(&policy(&addresses), "servicequotas:RequestServiceQuotaIncrease", "*"));
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

proptest! {
    /// Whatever the plan has, no policy is too long, and none allows IAM, STS or Organizations unless the plan has resources of IAM.
    #[test]
    fn a_plan_without_iam_cannot_touch_it(
        picked in proptest::collection::vec((0..1000usize, "[a-z*?$/:]{0,12}"), 0..25)
    ) {
        let kinds: Vec<_> = include_str!("../../src/services.txt").lines()
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
