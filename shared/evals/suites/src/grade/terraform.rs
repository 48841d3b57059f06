//! Checks that apply to every Terraform answer, whatever the task.

use std::sync::LazyLock;

use hcl::structure::{Block, Body};
use regex::Regex;
use serde_json::Value;

use super::Scored;
use super::hcl::{Text, address, members, texts};

/// Matches names of AWS regions.
static REGION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let compass = "(?:central|north|south|east|west|northeast|northwest|southeast|southwest)";
    Regex::new(&format!(r"\b[a-z]{{2}}(?:-gov|-iso[a-z]?)?-{compass}-\d\b")).ok()
});

/// Passes if the wanted region is named and no other region is.
pub(super) fn region(body: &Body, wanted: &str) -> Scored {
    let Some(regions) = REGION.as_ref() else {
        return Scored::none("the region pattern is not valid");
    };
    let mut named = false;
    let mut others = Vec::new();
    for Text { block, key, text } in texts(body) {
        for found in regions.find_iter(&text).map(|m| m.as_str()) {
            if found == wanted {
                named = true;
            } else {
                others.push(format!("{block}: `{key}` names {found}"));
            }
        }
    }
    if others.is_empty() && !named {
        others.push(format!("the region {wanted} is not named"));
    }
    Scored::unless(others)
}

/// Keys of actions, resources and principals in policies, in HCL and in JSON.
const ACTIONS: [&str; 4] = ["actions", "not_actions", "Action", "NotAction"];
const RESOURCES: [&str; 4] = ["resources", "not_resources", "Resource", "NotResource"];
const PRINCIPALS: [&str; 3] = ["identifiers", "Principal", "AWS"];

/// Passes if no policy allows `*`, or all actions of a service.
pub(super) fn no_wildcards(body: &Body) -> Scored {
    let mut wrong = Vec::new();
    for text in texts(body) {
        // A policy written as JSON text, for example in a heredoc.
        if let Ok(policy @ Value::Object(_)) = serde_json::from_str::<Value>(&text.text) {
            in_json(&text.block, "", &policy, &mut wrong);
        } else if wildcard(&text.key, &text.text) {
            wrong.push(said(&text.block, &text.key, &text.text));
        }
    }
    Scored::unless(wrong)
}

fn wildcard(key: &str, text: &str) -> bool {
    let all = text == "*";
    (ACTIONS.contains(&key) && (all || text.ends_with(":*")))
        || ((RESOURCES.contains(&key) || PRINCIPALS.contains(&key)) && all)
}

fn said(block: &str, key: &str, text: &str) -> String {
    format!("{block}: `{key}` is `{text}`")
}

fn in_json(block: &str, key: &str, value: &Value, wrong: &mut Vec<String>) {
    match value {
        Value::String(text) if wildcard(key, text) => wrong.push(said(block, key, text)),
        Value::Array(items) => items.iter().for_each(|item| in_json(block, key, item, wrong)),
        Value::Object(members) => members.iter().for_each(|(k, v)| in_json(block, k, v, wrong)),
        _ => {}
    }
}

/// Suffixes of resource types that configure another resource and have no tags of their own.
const UNTAGGED: [&str; 18] = [
    "_acl",
    "_association",
    "_attachment",
    "_configuration",
    "_controls",
    "_integration",
    "_mapping",
    "_membership",
    "_method",
    "_notification",
    "_permission",
    "_policy",
    "_access_block",
    "_record",
    "_route",
    "_target",
    "_version",
    "_versioning",
];

/// The share of resources that have all wanted tags, either their own or the provider's `default_tags`.
pub(super) fn required_tags(body: &Body, wanted: &[String]) -> Scored {
    let defaults = default_tags(body);
    let missing: Vec<&String> = wanted.iter().filter(|t| !defaults.contains(*t)).collect();
    let mut wrong = Vec::new();
    let mut all = 0_u32;
    for block in body.blocks().filter(|b| is_tagged(b)) {
        all += 1;
        let own = block.body.attributes().find(|a| a.key.as_str() == "tags");
        let own = own.and_then(|a| members(&a.expr)).unwrap_or_default();
        let lacks: Vec<_> =
            missing.iter().filter(|t| !own.contains(t)).map(|t| t.as_str()).collect();
        if !lacks.is_empty() {
            wrong.push(format!("{} lacks {}", address(block), lacks.join(", ")));
        }
    }
    if all == 0 {
        return Scored::none("there is no resource that can have tags");
    }
    let untagged = u32::try_from(wrong.len()).unwrap_or(all);
    Scored { score: f64::from(all - untagged) / f64::from(all), evidence: wrong.join("\n") }
}

fn is_tagged(block: &Block) -> bool {
    let kind = block.labels.first().map(hcl::BlockLabel::as_str).unwrap_or_default();
    let is_policy_of_iam = kind == "aws_iam_policy";
    block.identifier.as_str() == "resource"
        && kind.starts_with("aws_")
        && (is_policy_of_iam || !UNTAGGED.iter().any(|end| kind.ends_with(end)))
}

fn default_tags(body: &Body) -> Vec<String> {
    let blocks = |body: &Body, name: &'static str| -> Vec<Block> {
        body.blocks().filter(|b| b.identifier.as_str() == name).cloned().collect()
    };
    let providers = blocks(body, "provider");
    let defaults = providers.iter().flat_map(|p| blocks(&p.body, "default_tags"));
    defaults
        .filter_map(|d| {
            let tags = d.body.attributes().find(|a| a.key.as_str() == "tags")?;
            members(&tags.expr)
        })
        .flatten()
        .collect()
}
