//! Trivy's checks for AWS of a high or critical severity: each is one of ours by name, is excused, or is about something that no plan has.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::common::root;

/// `policies/tools/trivy.json`.
#[derive(Deserialize)]
struct Known {
    /// Severity by name, as Trivy has it.
    checks: BTreeMap<String, String>,
    /// Checks that we do not have, with the reasons.
    excused: BTreeMap<String, String>,
    /// Checks that no plan can fail, by the reason.
    other: BTreeMap<String, BTreeSet<String>>,
}

/// Share of the checks that we must have.
const SHARE: f64 = 0.95;

/// Trivy's names in the tables and in the list of sources.
fn named() -> BTreeSet<String> {
    let policies = root().join("..");
    let mut files: Vec<_> =
        std::fs::read_dir(policies.join("data")).unwrap().map(|e| e.unwrap().path()).collect();
    files.push(policies.join("sources.json"));
    let text: String = files.iter().map(|f| std::fs::read_to_string(f).unwrap()).collect();
    let names = regex::Regex::new("AVD-AWS-[0-9]{4}").unwrap();
    names.find_iter(&text).map(|m| m.as_str().to_owned()).collect()
}

#[test]
fn what_trivy_rates_high_is_ours_by_name_or_excused() {
    let file = std::fs::read(root().join("../tools/trivy.json")).unwrap();
    let Known { checks, excused, other } = serde_json::from_slice(&file).unwrap();
    let ours = named();
    let apart: BTreeSet<_> = other.values().flatten().collect();
    for check in checks.keys() {
        let lists = [ours.contains(check), excused.contains_key(check), apart.contains(check)];
        assert_eq!(lists.iter().filter(|l| **l).count(), 1, "{check} is in {lists:?}");
    }
    let unknown = excused.keys().chain(apart).find(|check| !checks.contains_key(*check));
    assert_eq!(unknown, None);
    let covered = checks.keys().filter(|check| ours.contains(*check)).count();
    #[allow(clippy::cast_precision_loss)] // a few dozen
    let share = covered as f64 / (covered + excused.len()) as f64;
    assert!(share >= SHARE, "{covered} are covered, {} are excused", excused.len());
}
