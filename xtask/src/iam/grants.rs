//! Grants of the fleet's roles that no story used. What nobody uses is not least privilege.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

/// Grants that stories do not use, and why the fleet has them nevertheless: function, statement, action, reason. `*` stands for any.
const RARE: [(&str, &str, &str, &str); 25] = [
    ("permits-api", "Apply", "sts:SetSourceIdentity", "AWS checks it with AssumeRole"),
    ("permits-api", "Apply", "sts:TagSession", "AWS checks it with AssumeRole"),
    ("*", "Logs", "*", "MiniStack writes the logs of functions itself"),
    ("*", "Key", "*", "AWS uses the key in the name of the caller, for tables, too"),
    (
        "*",
        "Consume",
        "sqs:ChangeMessageVisibility",
        "for messages that failed, or that are handed back",
    ),
    ("*", "DeadLetters", "sqs:ChangeMessageVisibility", "for messages that failed"),
    (
        "*",
        "DeadLetter",
        "sqs:SendMessage",
        "for poison, which not every story has for every consumer",
    ),
    ("*", "OnFailure", "sqs:SendMessage", "for invocations by the scheduler that fail three times"),
    ("*", "Origins", "*", "one event is looked up with GetItem, several with BatchGetItem"),
    ("*", "ArtifactList", "s3:ListBucket", "for objects that are missing"),
    ("*", "EvidenceList", "s3:ListBucket", "for objects that are missing"),
    ("*", "BodyList", "s3:ListBucket", "for objects that are missing"),
    ("*", "FileList", "s3:ListBucket", "for files of the log that are missing"),
    ("*", "LogList", "s3:ListBucket", "for files of the log that are missing"),
    ("*", "Results", "*", "for results of leases that are too large for an item"),
    ("*", "Reports", "s3:PutObject", "for reports that are too large for an item"),
    ("*", "Receipts", "*", "for messages that were redriven"),
    ("approval-gate-notify", "Publish", "*", "for messages that were redriven"),
    (
        "approval-gate-sweep",
        "LedgerMarkers",
        "*",
        "if it is the first to see that an approval has expired",
    ),
    (
        "approval-gate-sweep",
        "Publish",
        "*",
        "if it is the first to see that an approval has expired",
    ),
    (
        "approval-gate-sweep",
        "LedgerItems",
        "*",
        "if it is the first to see that an approval has expired or is superseded",
    ),
    (
        "approval-gate-sweep",
        "Wake",
        "*",
        "if it is the first to see that an approval has expired or is superseded",
    ),
    ("approval-gate-open", "Wake", "*", "if a decision comes before the slice that waits for it"),
    ("stranger", "*", "*", "a role of the stories"),
    ("scheduler", "*", "*", "MiniStack's scheduler acts as nobody"),
];

/// What a role may do.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Grant {
    role: String,
    statement: String,
    action: String,
}

/// The grants that were not used, in Terraform's state of a fleet. `used` has the role, the action and the resource of each decision that
/// allowed something.
pub fn unused(
    state: &Path,
    prefix: &str,
    used: &BTreeSet<(String, String, String)>,
) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(state)
        .with_context(|| format!("{} is missing: was the fleet deployed?", state.display()))?;
    let state: Value = serde_json::from_str(&text)?;
    let mut unused = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for (role, policy) in policies(&state).into_iter().filter(|(role, _)| role.starts_with(prefix))
    {
        let policy: Value = serde_json::from_str(&policy)?;
        for statement in list(&policy["Statement"]) {
            let name = statement["Sid"].as_str().unwrap_or_default().to_owned();
            for action in list(&statement["Action"]).iter().filter_map(|a| a.as_str()) {
                let resources = list(&statement["Resource"]);
                let used = resources.iter().filter_map(|r| r.as_str()).any(|resource| {
                    used.iter().any(|(by, what, on)| {
                        *by == role && matches(action, what) && matches(resource, on)
                    })
                });
                let grant = Grant {
                    role: role.clone(),
                    statement: name.clone(),
                    action: action.to_owned(),
                };
                let into = if used { &mut seen } else { &mut unused };
                into.insert(grant);
            }
        }
    }
    let is = |pattern: &str, text: &str| pattern == "*" || pattern == text;
    let rare = |grant: &Grant| {
        let function = grant.role.strip_prefix(prefix).unwrap_or_default();
        RARE.iter().any(|(of, statement, action, _)| {
            is(of, function) && is(statement, &grant.statement) && is(action, &grant.action)
        })
    };
    let unused = unused.into_iter().filter(|grant| !seen.contains(grant) && !rare(grant));
    Ok(unused
        .map(|Grant { role, statement, action }| format!("{role}: {action} ({statement})"))
        .collect())
}

/// Roles with their policies, managed ones and inline ones.
fn policies(state: &Value) -> Vec<(String, String)> {
    let of = |kind: &str| -> Vec<Value> {
        let resources = list(&state["resources"]).into_iter();
        let resources = resources.filter(|r| r["type"] == kind && r["mode"] == "managed");
        let instances = resources.flat_map(|r| list(&r["instances"]));
        instances.map(|i| i["attributes"].clone()).collect()
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let managed: BTreeMap<_, _> =
        of("aws_iam_policy").iter().map(|p| (text(&p["arn"]), text(&p["policy"]))).collect();
    let attached = of("aws_iam_role_policy_attachment")
        .into_iter()
        .filter_map(|a| Some((text(&a["role"]), managed.get(a["policy_arn"].as_str()?)?.clone())));
    let inline =
        of("aws_iam_role_policy").into_iter().map(|p| (text(&p["role"]), text(&p["policy"])));
    attached.chain(inline).collect()
}

/// One value or a list of values.
fn list(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(values) => values.clone(),
        Value::Null => Vec::new(),
        value => vec![value.clone()],
    }
}

/// Whether a pattern with `*` matches a text.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(text) = text.strip_prefix(start) else { return false };
    (0..=text.len()).any(|at| text.is_char_boundary(at) && matches(rest, &text[at..]))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn patterns_match_as_in_policies() {
        for (pattern, text, good) in [
            ("s3:GetObject", "s3:GetObject", true),
            ("s3:GetObject", "s3:GetObjectAcl", false),
            ("arn:aws:s3:::b/sha256/*", "arn:aws:s3:::b/sha256/ab", true),
            ("arn:aws:s3:::b/sha256/*", "arn:aws:s3:::b/leases/ab", false),
            ("*", "anything", true),
            ("a*c*", "abcd", true),
            ("a*d", "abc", false),
        ] {
            assert_eq!(matches(pattern, text), good, "{pattern} {text}");
        }
    }

    #[test]
    fn a_grant_that_nobody_used_is_found() {
        let policy = r#"{"Statement": [
            {"Sid": "Ledger", "Action": ["dynamodb:GetItem", "dynamodb:PutItem"], "Resource": "t"},
            {"Sid": "Key", "Action": "kms:Decrypt", "Resource": "k"},
            {"Sid": "Queues", "Action": "sqs:SendMessage", "Resource": ["q1", "q2"]}]}"#;
        let state = serde_json::json!({ "resources": [
            {"mode": "managed", "type": "aws_iam_policy", "instances": [{"attributes": {"arn": "p", "policy": policy}}]},
            {"mode": "managed", "type": "aws_iam_role_policy_attachment", "instances": [
                {"attributes": {"role": "fleet-a", "policy_arn": "p"}}, {"attributes": {"role": "other", "policy_arn": "p"}}]},
        ]});
        let path = std::env::temp_dir().join(format!("headgate-grants-{}", std::process::id()));
        std::fs::write(&path, state.to_string()).unwrap();
        let did = |action: &str, on: &str| ("fleet-a".to_owned(), action.to_owned(), on.to_owned());
        let used = [did("dynamodb:GetItem", "t"), did("sqs:SendMessage", "q2")].into();
        let found = unused(&path, "fleet-", &used).unwrap();
        std::fs::remove_file(path).unwrap();
        assert_eq!(found, ["fleet-a: dynamodb:PutItem (Ledger)"]);
    }
}
