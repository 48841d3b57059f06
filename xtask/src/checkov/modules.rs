//! Our modules: `terraform/checkov.json` has the reason for each check that they do not follow.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};

use crate::paths;
use crate::progress::step;

/// Fails if a module fails a check that has no reason, or if a reason is needed no more.
pub fn check() -> Result<()> {
    let terraform = paths::root().join("terraform");
    let reasons = std::fs::read(terraform.join("checkov.json"))?;
    let reasons: BTreeMap<String, String> = serde_json::from_slice(&reasons)?;
    let found = step("Checkov: modules", || super::failed(&terraform.join("modules")))?;
    let mut failed: BTreeMap<&str, (&str, BTreeSet<String>)> = BTreeMap::new();
    for one in &found {
        let (_, at) = failed.entry(&one.check).or_insert((&one.name, BTreeSet::new()));
        at.insert(format!("{}: {}", one.file, one.resource));
    }
    let mut problems = Vec::new();
    for (check, (name, at)) in &failed {
        if !reasons.contains_key(*check) {
            let at: Vec<_> = at.iter().map(String::as_str).collect();
            problems.push(format!("{check}: {name}: {}", at.join(", ")));
        }
    }
    let stale = reasons.keys().filter(|check| !failed.contains_key(check.as_str()));
    problems.extend(stale.map(|check| format!("{check} passes now; remove it from checkov.json")));
    if problems.is_empty() {
        return Ok(());
    }
    bail!("fix these, or give the reason in terraform/checkov.json:\n{}", problems.join("\n"))
}
