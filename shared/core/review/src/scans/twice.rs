//! Shows once what a rule of ours and a check of another tool found at the same address.

use std::collections::{BTreeMap, BTreeSet, HashMap};

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

/// Drops results of other tools that our findings say already, and mentions them there. A result that weighs more than our finding is
/// kept: what a team has waived or turned down in our rules, it has not in the other tool's.
///
/// A result at an instance is only dropped if our finding is at the same one. A result about a block stands for all its instances.
pub(crate) fn once(findings: Vec<Finding>, sources: &Sources) -> Vec<Finding> {
    let (scans, mut own): (Vec<_>, Vec<_>) =
        findings.into_iter().partition(|f| f.rule.starts_with("scan."));
    if scans.is_empty() {
        return own;
    }
    let name = |scan: &Finding| {
        let check = scan.rule.strip_prefix("scan.").and_then(|name| name.split_once('.'));
        check.map(|(_, check)| plain(check)).unwrap_or_default()
    };
    // Of each place and check of the scans, our most severe finding.
    let mut said: HashMap<String, HashMap<String, Option<usize>>> = HashMap::new();
    for scan in &scans {
        said.entry(scan.resource.clone()).or_default().insert(name(scan), None);
    }
    for (at, finding) in own.iter().enumerate() {
        let Some(checks) = sources.get(&finding.rule) else { continue };
        for place in [&block_of(&finding.resource), &finding.resource] {
            let Some(asked) = said.get_mut(place) else { continue };
            for check in checks {
                if let Some(said) = asked.get_mut(check)
                    && said.is_none_or(|first| own[first].severity < finding.severity)
                {
                    *said = Some(at);
                }
            }
        }
    }
    let mut also: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    let mut rest = Vec::new();
    for scan in scans {
        let same =
            said.get(&scan.resource).and_then(|checks| checks.get(&name(&scan)).copied().flatten());
        match same.filter(|at| own[*at].severity >= scan.severity) {
            Some(at) => {
                let tools = also.entry(at).or_default();
                if tools.len() < MENTIONED {
                    tools.insert(scan.rule);
                }
            }
            None => rest.push(scan),
        }
    }
    for (at, tools) in also {
        let tools: Vec<_> = tools.into_iter().collect();
        own[at].message.push_str(&format!(" (also {})", tools.join(", ")));
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
        let names = ["CKV_1", "AVD-AWS-0088"].map(plain).into_iter().collect();
        let sources = Sources::from([("data.x".to_owned(), names)]);
        let waived = Finding { severity: Severity::Warning, ..finding("data.x", "a.w[\"k\"]") };
        let weak = Finding { severity: Severity::Warning, ..finding("scan.checkov.CKV_1", "a.w") };
        let found = once(
            vec![
                finding("data.x", "a.b[\"k\"]"),
                waived,
                finding("scan.checkov.CKV_1", "a.b"),
                finding("scan.trivy.AWS-0088", "a.b[\"k\"]"),
                // At another instance, another resource, by another check, by what is no check.
                finding("scan.trivy.AWS-0088", "a.b[\"l\"]"),
                finding("scan.checkov.CKV_1", "a.c"),
                finding("scan.checkov.CKV_2", "a.b"),
                finding("scan.odd", "a.b"),
                // Weighs more than what somebody has waived, and as much.
                finding("scan.trivy.CKV_1", "a.w"),
                weak,
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
                ("data.x", "a.b[\"k\"]", "m (also scan.checkov.CKV_1, scan.trivy.AWS-0088)"),
                ("data.x", "a.w[\"k\"]", "m (also scan.checkov.CKV_1)"),
                ("scan.trivy.AWS-0088", "a.b[\"l\"]", "m"),
                ("scan.checkov.CKV_1", "a.c", "m"),
                ("scan.checkov.CKV_2", "a.b", "m"),
                ("scan.odd", "a.b", "m"),
                ("scan.trivy.CKV_1", "a.w", "m"),
            ]
        );
    }
}
