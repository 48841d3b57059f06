//! Guards over a proposal as a whole.

use crate::common;

use common::proposals::{proposal, proposals};
use headgate_review::Bundle;

#[test]
fn each_guard_has_a_proposal_that_fails_it_and_a_near_miss() {
    let bundle = Bundle::embedded().unwrap();
    for (at, (proposal, expected)) in proposals().iter().enumerate() {
        let report = proposal.review(&bundle);
        let rules = report.findings.iter().map(|f| f.rule.as_str());
        let mut rules: Vec<_> =
            rules.filter(|r| r.starts_with("guards.") || r.starts_with("policy.")).collect();
        rules.sort_unstable();
        assert_eq!(rules, *expected, "proposal {at}");
    }
}

#[test]
fn every_guard_is_among_them() {
    let text = std::fs::read_to_string(common::root().join("../guards.rego")).unwrap();
    let id = regex::Regex::new(r#""(guards\.[a-z_]+)""#).unwrap();
    let tried: Vec<_> = proposals().into_iter().flat_map(|(_, rules)| rules).collect();
    for rule in id.captures_iter(&text) {
        assert!(
            tried.iter().any(|t| **t == &rule[1]),
            "{} has no proposal that fails it",
            &rule[1]
        );
    }
}

#[test]
fn a_freeze_is_shown_with_its_reason() {
    let bundle = Bundle::embedded().unwrap();
    let frozen = proposals().into_iter().find(|(_, r)| r.contains(&"guards.freeze")).unwrap().0;
    let report = frozen.review(&bundle);
    let freeze = report.findings.iter().find(|f| f.rule == "guards.freeze").unwrap();
    assert_eq!(freeze.message, "staging is frozen until 2027-01-04T00:00:00Z: holidays");
    assert!(proposal().review(&bundle).findings.iter().all(|f| f.rule != "guards.freeze"));
}
