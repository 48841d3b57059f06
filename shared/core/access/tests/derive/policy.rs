//! What a policy allows, read by other rules than those that made it.

use headgate_access::{Access, Allowed, Place, derive};
use serde_json::Value;

use crate::plans::{Block, plan};

pub(crate) const ACCOUNT: &str = "111122223333";

pub(crate) fn place() -> Place {
    Place::new(ACCOUNT, "eu-central-1")
}

pub(crate) fn of(blocks: &[Block]) -> Access {
    derive(&plan(blocks), &place(), None, Allowed::default())
}

/// The narrowest policy.
pub(crate) fn policy(access: &Access) -> Value {
    assert_eq!(access.unknown, []);
    serde_json::from_str(&access.policies[0].document).unwrap()
}

/// Whether a policy allows an action on a resource, by IAM's own rules for wildcards; conditions are taken as met.
pub(crate) fn allows(policy: &Value, action: &str, resource: &str) -> bool {
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

pub(crate) fn arn(rest: &str) -> String {
    format!("arn:aws:{}", rest.replace("A:", &format!("{ACCOUNT}:")))
}
