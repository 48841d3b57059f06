//! Shows once what a rule of ours and a check of another tool found at the same address.

use std::collections::{BTreeMap, BTreeSet};

use headgate_domain::plan::block_of;
use headgate_events::Finding;

/// Names of the same checks in other tools, by our rule.
pub(crate) type Sources = BTreeMap<String, BTreeSet<String>>;

/// Most other tools that a finding mentions.
const MENTIONED: usize = 3;

/// A check's name as tools and tables write it: Trivy had `AVD-AWS-0088` before `AWS-0088`.
pub(crate) fn plain(check: &str) -> String {
    let check = check.to_ascii_lowercase();
    check.strip_prefix("avd-").map_or(check.clone(), str::to_owned)
}

/// Drops results of other tools that our findings say already, and mentions the tools there. Such a fault weighs what our rule
/// weighs, so that a waiver or a setting need not be written twice.
pub(crate) fn once(findings: Vec<Finding>, sources: &Sources) -> Vec<Finding> {
    let (scans, mut own): (Vec<_>, Vec<_>) =
        findings.into_iter().partition(|f| f.rule.starts_with("scan."));
    let mut by_block: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, finding) in own.iter().enumerate() {
        by_block.entry(block_of(&finding.resource)).or_default().push(at);
    }
    let mut also: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    let mut rest = Vec::new();
    for scan in scans {
        let known = scan.rule.strip_prefix("scan.").and_then(|name| name.split_once('.'));
        let same = known.into_iter().flat_map(|(tool, check)| {
            let here = by_block.get(&block_of(&scan.resource)).into_iter().flatten();
            let same = here.filter(|at| {
                sources.get(&own[**at].rule).is_some_and(|names| names.contains(&plain(check)))
            });
            same.map(|at| (*at, format!("{tool} {check}"))).collect::<Vec<_>>()
        });
        let same: Vec<_> = same.collect();
        if same.is_empty() {
            rest.push(scan);
        }
        for (at, tool) in same {
            also.entry(at).or_default().insert(tool);
        }
    }
    for (at, tools) in also {
        let tools: Vec<_> = tools.into_iter().take(MENTIONED).collect();
        own[at].message.push_str(&format!(" (also found by {})", tools.join(", ")));
    }
    own.extend(rest);
    own
}

#[cfg(test)]
mod tests {
    use headgate_events::Severity;

    use super::*;

    fn finding(rule: &str, resource: &str) -> Finding {
        Finding {
            rule: rule.into(),
            severity: Severity::Error,
            resource: resource.into(),
            message: "m".into(),
            fix: String::new(),
        }
    }

    #[test]
    fn the_same_fault_is_shown_once() {
        let sources = Sources::from([(
            "data.x".to_owned(),
            ["CKV_1", "AVD-AWS-0088"].map(plain).into_iter().collect(),
        )]);
        let found = once(
            vec![
                finding("data.x", "a.b[\"k\"]"),
                finding("scan.checkov.CKV_1", "a.b"),
                finding("scan.trivy.AWS-0088", "a.b"),
                finding("scan.checkov.CKV_1", "a.c"),
                finding("scan.checkov.CKV_2", "a.b"),
                finding("scan.odd", "a.b"),
            ],
            &sources,
        );
        let shown: Vec<_> = found
            .iter()
            .map(|f| (f.rule.as_str(), f.resource.as_str(), f.message.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                ("data.x", "a.b[\"k\"]", "m (also found by checkov CKV_1, trivy AWS-0088)"),
                ("scan.checkov.CKV_1", "a.c", "m"),
                ("scan.checkov.CKV_2", "a.b", "m"),
                ("scan.odd", "a.b", "m"),
            ]
        );
    }
}
