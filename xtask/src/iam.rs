//! What the emulator's policies denied. A role of the fleet that is denied something on an emulator is denied it on AWS.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use crate::build::FUNCTIONS;
use crate::emulator::{IAM_LOG, Kind};
use crate::stack::Stack;

/// Prefix of the names of the fleet's roles, as `terraform/environments/local` names them.
const FLEET: &str = "headgate-local-";
/// A role of the stories with a name like the fleet's; it is denied a lot.
const STRANGER: &str = "headgate-local-stranger";

/// A decision in the log; see `localstack/enforcing/record.py`.
#[derive(Debug, Deserialize)]
struct Decision {
    who: String,
    action: String,
    resource: String,
    allowed: bool,
}

/// Fails if a role of the fleet, or EventBridge on its way to a queue of the fleet, was denied anything. Stories that try what a role
/// must not do use roles of their own.
///
/// After all stories (`complete`), every function must be in the log under its own role: one that ran as somebody else was not checked.
pub fn check(stack: &Stack, complete: bool) -> Result<()> {
    if stack.kind != Kind::Ministack {
        return Ok(());
    }
    let path = stack.dir.join(IAM_LOG);
    let log = std::fs::read_to_string(&path)
        .with_context(|| format!("{} is missing: were the policies enforced?", path.display()))?;
    let (roles, denied) = summed_up(&log)?;
    println!("policies were enforced for {} roles of the fleet", roles.len());
    let unseen: Vec<_> =
        FUNCTIONS.iter().filter(|name| !roles.contains(&format!("{FLEET}{name}"))).collect();
    if roles.is_empty() || (complete && !unseen.is_empty()) {
        bail!("{IAM_LOG} says nothing about the roles of {unseen:?}: were they used?");
    }
    if denied.is_empty() {
        return Ok(());
    }
    let lines: Vec<_> = denied
        .iter()
        .map(|((who, action, resource), times)| format!("{times} × {who}: {action} on {resource}"))
        .collect();
    bail!(
        "the fleet was denied what it needs; grant it in terraform/modules:\n{}",
        lines.join("\n")
    )
}

/// Who was denied what on which resource, and how often.
type Denied = BTreeMap<(String, String, String), usize>;

/// The fleet's roles in the log, and what was denied.
fn summed_up(log: &str) -> Result<(BTreeSet<String>, Denied)> {
    let mut roles = BTreeSet::new();
    let mut denied = BTreeMap::new();
    for line in log.lines() {
        let decision: Decision =
            serde_json::from_str(line).context("cannot read the log of policies")?;
        let Decision { who, action, resource, allowed } = decision;
        let role = who.starts_with(FLEET) && who != STRANGER;
        let delivery = who.ends_with(".amazonaws.com") && resource.contains(FLEET);
        if role {
            roles.insert(who.clone());
        }
        if !allowed && (role || delivery) {
            *denied.entry((who, action, resource)).or_default() += 1;
        }
    }
    Ok((roles, denied))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::summed_up;

    #[test]
    fn only_denials_of_the_fleet_count() {
        let log = r#"{"who": "headgate-local-intake", "action": "dynamodb:GetItem", "resource": "t", "allowed": true}
{"who": "headgate-local-intake", "action": "s3:GetObject", "resource": "b", "allowed": false}
{"who": "headgate-local-intake", "action": "s3:GetObject", "resource": "b", "allowed": false}
{"who": "headgate-local-stranger", "action": "sqs:SendMessage", "resource": "q", "allowed": false}
{"who": "an-agent", "action": "events:PutEvents", "resource": "bus", "allowed": false}
{"who": "events.amazonaws.com", "action": "sqs:SendMessage", "resource": "arn:aws:sqs:r:a:headgate-local-intake", "allowed": false}
{"who": "events.amazonaws.com", "action": "sqs:SendMessage", "resource": "arn:aws:sqs:r:a:other", "allowed": false}
"#;
        let (roles, denied) = summed_up(log).unwrap();
        let denied: Vec<_> = denied.into_iter().map(|((who, _, _), times)| (who, times)).collect();
        assert_eq!(roles.len(), 1);
        assert_eq!(
            denied,
            [("events.amazonaws.com".to_owned(), 1), ("headgate-local-intake".to_owned(), 2)]
        );
        assert!(summed_up("Traceback").is_err());
    }
}
