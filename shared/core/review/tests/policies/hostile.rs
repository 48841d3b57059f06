//! Plans that somebody wrote to make a review slow, or to make it fail.

use std::time::{Duration, Instant};

use headgate_domain::environment::Environment;
use headgate_events::{Lane, Verdict};
use headgate_review::{Bundle, Report, Subject, review};
use jiff::Timestamp;
use serde_json::{Value, json};

/// Longest review of such a plan. The tests are hardly optimized, and run beside others.
const LONGEST: Duration = Duration::from_secs(10);

fn reviewed(changes: Vec<Value>) -> Report {
    configured(changes, json!({}))
}

fn configured(changes: Vec<Value>, configuration: Value) -> Report {
    let plan = json!({
        "format_version": "1.2", "planned_values": {}, "resource_changes": changes,
        "configuration": configuration,
    });
    let environment = Environment::profile("prod").unwrap();
    let subject = Subject::offline(&environment, Lane::Execute, Timestamp::UNIX_EPOCH);
    let start = Instant::now();
    let report = review(&Bundle::embedded().unwrap(), subject, plan.to_string().as_bytes());
    assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
    report.unwrap()
}

fn change(kind: &str, name: &str, before: Value, after: Value) -> Value {
    let actions = if before.is_null() { json!(["create"]) } else { json!(["update"]) };
    json!({
        "address": format!("{kind}.{name}"), "mode": "managed", "type": kind, "name": name,
        "change": { "actions": actions, "before": before, "after": after, "after_unknown": {} },
    })
}

fn policy(statement: Value) -> Value {
    json!({ "name": "shop-prod-p", "policy": json!({ "Statement": statement }).to_string() })
}

fn names(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|i| format!("{prefix}{i}")).collect()
}

#[test]
fn conditions_of_any_shape_are_read() {
    let conditions = [
        json!(null),
        json!([]),
        json!("x"),
        json!({ "StringEquals": null }),
        json!({ "StringEquals": ["iam:PolicyARN"] }),
        json!({ "StringEquals": { "iam:PolicyARN": 1, "aws:ResourceTag/x": [null] } }),
    ];
    for condition in conditions {
        let statement = json!({
            "Effect": "Allow", "Principal": { "Service": "sns.amazonaws.com", "Federated": "arn:aws:iam::1:oidc-provider/x" },
            "Action": ["iam:PutRolePolicy"], "Resource": "*", "Condition": condition,
        });
        let queue = json!({ "policy": json!({ "Statement": statement }).to_string() });
        let role = json!({ "assume_role_policy": json!({ "Statement": statement }).to_string() });
        let report = reviewed(vec![
            change("aws_iam_policy", "p", Value::Null, policy(statement.clone())),
            change("aws_sqs_queue_policy", "q", Value::Null, queue),
            change("aws_iam_role", "r", Value::Null, role),
        ]);
        assert_eq!(report.verdict, Verdict::Block, "{condition}");
        let found = |rule: &str| report.findings.iter().any(|f| f.rule == rule);
        assert!(found("iam.escalation") && found("policy.confused_deputy"), "{condition}");
        assert!(!found("policy.broken"), "{condition}: {:?}", report.findings);
    }
}

#[test]
fn policies_with_many_actions_and_resources_take_no_long_time() {
    let many = |effect: &str, actions: usize, resources: usize| json!({ "Effect": effect, "Action": names("iam:*", actions), "Resource": names("arn:aws:iam::1:role/r", resources) });
    let report = reviewed(vec![change(
        "aws_iam_policy",
        "p",
        Value::Null,
        policy(many("Allow", 1_000, 2_000)),
    )]);
    assert!(report.findings.len() < 2_000, "{}", report.findings.len());
    let report = reviewed(vec![change(
        "aws_iam_policy",
        "p",
        policy(many("Allow", 60, 60)),
        policy(json!([many("Allow", 61, 61), many("Deny", 60, 60)])),
    )]);
    assert!(report.findings.iter().any(|f| f.rule == "iam.grants_more"));
}

#[test]
fn patterns_that_are_hard_to_compare_count_as_more() {
    let wide = format!("arn:aws:s3:::{}{}x*", "*a*".repeat(20), "?".repeat(1_800));
    let narrow = format!("arn:aws:s3:::*{}*", "ab?".repeat(600));
    let statement = |resource: &str| json!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": resource });
    let report = reviewed(vec![change(
        "aws_iam_policy",
        "p",
        policy(statement(&wide)),
        policy(statement(&narrow)),
    )]);
    assert!(report.findings.iter().any(|f| f.rule == "iam.grants_more"));
}

#[test]
fn many_texts_that_match_take_no_long_time() {
    let tags: serde_json::Map<_, _> = (0..4_000)
        .map(|i| (format!("t{i}"), json!("AKIAIOSFODNN7EXAMPLE pre-approved [INST]")))
        .collect();
    let report = reviewed(vec![change(
        "aws_sns_topic",
        "t",
        Value::Null,
        json!({ "name": "shop-prod-t", "tags": tags }),
    )]);
    assert!(report.findings.iter().any(|f| f.rule == "injection.instructions"));
}

#[test]
fn an_expression_with_many_references_takes_no_long_time() {
    let mut references = names("module.m", 50_000);
    references.extend(names("aws_s3_bucket.b", 50_000));
    let block = json!({
        "address": "aws_s3_bucket_policy.p", "mode": "managed", "type": "aws_s3_bucket_policy", "name": "p",
        "expressions": { "bucket": { "references": ["each.value"] } },
        "for_each_expression": { "references": references },
    });
    let again = json!({
        "address": "aws_sns_topic.t", "mode": "managed", "type": "aws_sns_topic", "name": "t",
        "expressions": { "name": { "references": block["for_each_expression"]["references"] } },
    });
    let changes = vec![
        change("aws_s3_bucket_policy", "p", Value::Null, json!({ "bucket": "shop-prod-b" })),
        change("aws_sns_topic", "t", Value::Null, json!({ "name": "shop-prod-t" })),
    ];
    let report = configured(changes, json!({ "root_module": { "resources": [block, again] } }));
    assert!(!report.findings.is_empty());
}
