//! What the emulator's policies denied. A role of the fleet that is denied something on an emulator is denied it on AWS.

mod grants;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use crate::build::FUNCTIONS;
use crate::emulator::{IAM_LOG, Kind};
use crate::stack::Stack;

/// Prefix of the names of the fleet's roles, as `terraform/environments/local` names them.
const FLEET: &str = "headgate-local-";
/// The role of applies. Stories try what its sessions must not do, and an apply that lacks something fails by itself.
const APPLY: &str = "headgate-local-apply";
/// Mark of the sessions in which stories try what a role must not do.
const STORY: &str = "(story)";

/// A decision in the log; see `localstack/enforcing/record.py`.
#[derive(Debug, Deserialize)]
struct Decision {
    who: String,
    action: String,
    resource: String,
    allowed: bool,
}

/// Fails if a role of the fleet, or EventBridge on its way to a queue of the fleet, was denied anything. What stories try in a role
/// does not count.
///
/// After all stories (`complete`), every function must be in the log under its own role: one that ran as somebody else was not checked.
pub fn check(stack: &Stack, complete: bool) -> Result<()> {
    if stack.kind != Kind::Ministack {
        return Ok(());
    }
    let path = stack.dir.join(IAM_LOG);
    let log = std::fs::read_to_string(&path)
        .with_context(|| format!("{} is missing: were the policies enforced?", path.display()))?;
    let Summary { roles, denied, used } = summed_up(&log)?;
    println!("policies were enforced for {} roles of the fleet", roles.len());
    let unseen: Vec<_> =
        FUNCTIONS.iter().filter(|name| !roles.contains(&format!("{FLEET}{name}"))).collect();
    if roles.is_empty() || (complete && !unseen.is_empty()) {
        bail!("{IAM_LOG} says nothing about the roles of {unseen:?}: were they used?");
    }
    if complete {
        let state = stack.dir.join("terraform/terraform.tfstate");
        let unused = grants::unused(&state, FLEET, &used)?;
        if !unused.is_empty() {
            bail!(
                "no story used these grants; remove them in terraform/modules, or say in xtask/src/iam/grants.rs when they are needed:\n{}",
                unused.join("\n")
            );
        }
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

/// What the log says of the fleet's roles.
#[derive(Debug, Default)]
struct Summary {
    roles: BTreeSet<String>,
    denied: Denied,
    /// Role, action and resource of what was allowed.
    used: BTreeSet<(String, String, String)>,
}

fn summed_up(log: &str) -> Result<Summary> {
    let Summary { mut roles, mut denied, mut used } = Summary::default();
    for line in log.lines() {
        let decision: Decision =
            serde_json::from_str(line).context("cannot read the log of policies")?;
        let Decision { who, action, resource, allowed } = decision;
        let role = who.starts_with(FLEET) && !who.ends_with(STORY) && who != APPLY;
        let delivery = who.ends_with(".amazonaws.com") && resource.contains(FLEET);
        if role {
            roles.insert(who.clone());
        }
        if allowed && role {
            used.insert((who, action, resource));
        } else if !allowed && (role || delivery) {
            *denied.entry((who, action, resource)).or_default() += 1;
        }
    }
    Ok(Summary { roles, denied, used })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Summary, summed_up};

    #[test]
    fn only_denials_of_the_fleet_count() {
        let log = r#"{"who": "headgate-local-intake", "action": "dynamodb:GetItem", "resource": "t", "allowed": true}
{"who": "headgate-local-intake", "action": "s3:GetObject", "resource": "b", "allowed": false}
{"who": "headgate-local-intake", "action": "s3:GetObject", "resource": "b", "allowed": false}
{"who": "headgate-local-intake (story)", "action": "sqs:SendMessage", "resource": "q", "allowed": false}
{"who": "headgate-local-apply", "action": "iam:CreateUser", "resource": "u", "allowed": false}
{"who": "an-agent", "action": "events:PutEvents", "resource": "bus", "allowed": false}
{"who": "events.amazonaws.com", "action": "sqs:SendMessage", "resource": "arn:aws:sqs:r:a:headgate-local-intake", "allowed": false}
{"who": "events.amazonaws.com", "action": "sqs:SendMessage", "resource": "arn:aws:sqs:r:a:other", "allowed": false}
"#;
        let Summary { roles, denied, used } = summed_up(log).unwrap();
        assert_eq!(used.len(), 1);
        let denied: Vec<_> = denied.into_iter().map(|((who, _, _), times)| (who, times)).collect();
        assert_eq!(roles.len(), 1);
        assert_eq!(
            denied,
            [("events.amazonaws.com".to_owned(), 1), ("headgate-local-intake".to_owned(), 2)]
        );
        assert!(summed_up("Traceback").is_err());
    }
}
