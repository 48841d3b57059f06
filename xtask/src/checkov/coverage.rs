//! Our policies beside Checkov's checks for AWS: each check is one of ours by name, is excused, or is about other things; and what Checkov
//! finds in our cases, the rule that claims to be the same finds at the same address.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use anyhow::{Result, bail};
use serde::Deserialize;
use serde_json::Value;

use crate::paths;
use crate::progress::{output, step};
use crate::tools;

/// `policies/tools/checkov.json`.
#[derive(Deserialize)]
struct Known {
    /// Checks about exposure, escalation, audit or secrets that we do not have, with the reasons.
    excused: BTreeMap<String, String>,
    /// Checks that no case of ours fails in the same place, with the reasons.
    differs: BTreeMap<String, String>,
    /// Checks about other things, by what they are about.
    other: BTreeMap<String, BTreeSet<String>>,
}

/// Share of the checks about exposure, escalation, audit or secrets that we must have.
const SHARE: f64 = 0.95;

/// Fails unless each check is in one list, Checkov has each check that we name, and each rule finds what Checkov finds under its name.
pub fn check() -> Result<()> {
    let policies = paths::root().join("policies");
    let known: Known =
        serde_json::from_slice(&std::fs::read(policies.join("tools/checkov.json"))?)?;
    let ours = ours(&policies)?;
    let all = step("Checkov: its checks for AWS", listed)?;
    let mut problems = Vec::new();
    for check in &all {
        let other = known.other.values().filter(|group| group.contains(check)).count();
        let places = usize::from(ours.contains_key(check))
            + usize::from(known.excused.contains_key(check))
            + other;
        if places != 1 {
            problems.push(format!("{check} is in {places} lists"));
        }
    }
    let named = ours.keys().chain(known.excused.keys()).chain(known.differs.keys());
    let named = named.chain(known.other.values().flatten());
    problems.extend(named.filter(|c| !all.contains(*c)).map(|c| format!("Checkov has no {c}")));
    let (covered, excused) = (ours.len(), known.excused.len());
    #[allow(clippy::cast_precision_loss)] // a few hundred
    let share = covered as f64 / (covered + excused) as f64;
    if share < SHARE {
        problems.push(format!("only {:.1} % are covered", share * 100.0));
    }
    let found = step("Checkov: our cases", || super::failed(&policies.join("tests")))?;
    let mut same: BTreeMap<&str, bool> = BTreeMap::new();
    let mut cases = BTreeMap::new();
    for one in &found {
        let Some(rules) = ours.get(&one.check) else { continue };
        let case = one.file.split('/').next().unwrap_or_default();
        let case = match cases.entry(case) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(new) => new.insert(findings(case)?),
        };
        let hit = rules.iter().any(|r| case.contains(&(block(&one.resource), r.clone())));
        *same.entry(&one.check).or_default() |= hit;
    }
    for (check, hit) in &same {
        if *hit == known.differs.contains_key(*check) {
            let what = if *hit { "is found in the same place now" } else { "is found nowhere" };
            problems.push(format!("{check} {what}, in the cases where Checkov finds it"));
        }
    }
    if !problems.is_empty() {
        bail!("policies/tools/checkov.json:\n{}", problems.join("\n"));
    }
    eprintln!(
        "   Checkov {}: {covered} of {} checks for AWS are rules of ours, {excused} are excused ({:.1} % covered); \
         {} of {} that our cases fail are found in the same place",
        version()?,
        all.len(),
        share * 100.0,
        same.values().filter(|hit| **hit).count(),
        same.len(),
    );
    Ok(())
}

/// Names of Checkov's checks in our tables and in `sources.json`, with our rules.
fn ours(policies: &std::path::Path) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let mut ours: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut add = |rule: &str, names: &Value| {
        for name in names.as_array().into_iter().flatten().filter_map(Value::as_str) {
            if name.starts_with("CKV") {
                ours.entry(name.to_owned()).or_default().insert(rule.to_owned());
            }
        }
    };
    for file in std::fs::read_dir(policies.join("data"))? {
        let table: Value = serde_json::from_slice(&std::fs::read(file?.path())?)?;
        for row in table["rows"].as_array().into_iter().flatten() {
            add(table["rule"].as_str().unwrap_or_default(), &row["source"]);
        }
    }
    let sources: BTreeMap<String, Value> =
        serde_json::from_slice(&std::fs::read(policies.join("sources.json"))?)?;
    sources.iter().for_each(|(rule, names)| add(rule, names));
    Ok(ours)
}

fn checkov(args: &[&str]) -> Result<String> {
    output(Command::new(tools::checkov()?.join("bin/checkov")).args(args))
}

fn version() -> Result<String> {
    Ok(checkov(&["--version"])?.trim().to_owned())
}

/// Every check for AWS in the table that Checkov prints.
fn listed() -> Result<BTreeSet<String>> {
    let table = checkov(&["--list", "--framework", "terraform"])?;
    let ids = table.lines().filter_map(|line| Some(line.split('|').nth(2)?.trim().to_owned()));
    let all: BTreeSet<_> =
        ids.filter(|id| id.starts_with("CKV_AWS_") || id.starts_with("CKV2_AWS_")).collect();
    if all.len() < 400 {
        bail!("Checkov lists only {} checks for AWS", all.len());
    }
    Ok(all)
}

/// Block and rule of each finding of a case.
fn findings(case: &str) -> Result<BTreeSet<(String, String)>> {
    let path = paths::root().join("policies/tests").join(case).join("findings.txt");
    let text = std::fs::read_to_string(path)?;
    let found = text.lines().filter_map(|line| {
        let (severity, rest) = line.split_once(' ')?;
        let (rule, rest) = rest.split_once(' ')?;
        let (resource, _) = rest.split_once(": ")?;
        matches!(severity, "Critical" | "Error" | "Warning")
            .then(|| (block(resource), rule.to_owned()))
    });
    Ok(found.collect())
}

/// An address without instance keys. No case has a key with a bracket.
fn block(address: &str) -> String {
    let parts = address.split('[').enumerate();
    let cut = |(i, part): (usize, &str)| match i {
        0 => part.to_owned(),
        _ => part.split_once(']').map_or_else(String::new, |(_, rest)| rest.to_owned()),
    };
    parts.map(cut).collect()
}
