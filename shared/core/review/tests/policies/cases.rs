//! Every case of `policies/tests` finds what it always found, and every rule has its cases.

use crate::common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use common::{Case, bundle, cases, corpus, lines, root};
use headgate_domain::canonical::sha256_hex;
use headgate_events::Verdict;
use headgate_review::Report;

/// Rules that no plan of Terraform 1.11 can trigger without an account or credentials on disk. Their plans
/// are written by hand, in the cases `by-hand-…`. The proposals for the guards are in `common/proposals.rs`.
const BY_HAND: [&str; 5] = [
    "execution.provider_source",
    "plan.action",
    "plan.deferred",
    "plan.drift",
    "terraform.provider_profile",
];

/// Rules without findings, which only demand something of the gate.
const DEMAND_ONLY: [&str; 2] = ["plan.destructive", "plan.sensitive_area"];

#[test]
fn every_case_finds_what_it_always_found() {
    let bundle = bundle();
    for case in cases() {
        let found = lines(&case.review(&bundle));
        let golden = case.path.join("findings.txt");
        if std::env::var_os("HEADGATE_UPDATE").is_some() {
            std::fs::write(&golden, &found).unwrap();
        }
        let known = std::fs::read_to_string(&golden).unwrap_or_default();
        assert_eq!(found, known, "{}: check it, then run with HEADGATE_UPDATE=1", case.name);
        assert!(!found.contains("policy.broken"), "{}: {found}", case.name);
    }
}

#[test]
fn what_passes_has_nothing_to_mend() {
    let bundle = bundle();
    for case in cases() {
        let report = case.review(&bundle);
        if case.name.ends_with("-pass") {
            assert_eq!(report.verdict, Verdict::Pass, "{}: {:?}", case.name, report.findings);
            assert!(report.findings.is_empty(), "{}: {:?}", case.name, report.findings);
        } else {
            assert!(!report.findings.is_empty(), "{}", case.name);
        }
    }
}

#[test]
fn every_rule_has_a_real_plan_that_fails_it() {
    let text: String = bundle_files().iter().map(|p| std::fs::read_to_string(p).unwrap()).collect();
    // A rule's id is the only quoted text of the form `section.name`.
    let id = regex::Regex::new(r#""([a-z]+\.[a-z0-9_]+)""#).unwrap();
    let rules = id.captures_iter(&text).map(|c| c[1].to_owned());
    let rules = rules.chain(rows().into_iter().map(|row| row.rule));
    // Names of other things that look like ids.
    let others = ["dossier.", "filter.", "pgaudit.", "rds.", "service.archived", "severity."];
    let rules: BTreeSet<_> =
        rules.filter(|r| !others.iter().any(|other| r.starts_with(other))).collect();
    assert!(rules.len() > 50, "{rules:?}");
    let bundle = bundle();
    let failing: BTreeSet<_> = cases()
        .into_iter()
        .chain(corpus())
        .filter(Case::is_made)
        .flat_map(|case| {
            let Report { findings, demands, .. } = case.review(&bundle);
            let demands = demands.into_iter().map(|d| d.why);
            let demands = demands.filter(|why| DEMAND_ONLY.contains(&why.as_str()));
            findings.into_iter().map(|finding| finding.rule).chain(demands)
        })
        .collect();
    let missing: Vec<_> = rules
        .difference(&failing)
        .filter(|r| !r.starts_with("guards.") && !BY_HAND.contains(&r.as_str()))
        .collect();
    assert!(missing.is_empty(), "no case in policies/tests fails {missing:?}");
    let readme = std::fs::read_to_string(root().join("../README.md")).unwrap();
    let unsaid: Vec<_> = rules.iter().filter(|r| !readme.contains(&format!("`{r}`"))).collect();
    assert!(unsaid.is_empty(), "policies/README.md does not say what {unsaid:?} mean");
}

/// A fault that somebody planted into the example.
#[derive(serde::Deserialize)]
struct Planted {
    address: String,
    rule: String,
    fault: String,
}

/// A shop on ECS as a team would run it in production: nothing to say about it, and everything about its sibling.
#[test]
fn the_faults_of_the_shop_are_found_and_the_shop_is_not_bothered() {
    let bundle = bundle();
    let cases = cases();
    let of = |name: &str| cases.iter().find(|case| case.name == name).unwrap().review(&bundle);
    let (shop, sibling) = (of("shop-pass"), of("shop-fail"));
    assert!(shop.summary.total() >= 56 && shop.findings.is_empty(), "{:?}", shop.findings);
    let planted = std::fs::read(root().join("shop-fail/faults.json")).unwrap();
    let planted: Vec<Planted> = serde_json::from_slice(&planted).unwrap();
    assert!(planted.len() >= 30, "{}", planted.len());
    for Planted { address, rule, fault } in planted {
        let here = |f: &&headgate_events::Finding| f.resource == address && f.rule == rule;
        assert!(sibling.findings.iter().find(here).is_some(), "{fault}: {rule} {address}");
    }
}

/// One row of `policies/data` for one resource type.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    rule: String,
    kind: String,
    path: String,
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for file in std::fs::read_dir(root().join("../data")).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let table: serde_json::Value = serde_json::from_str(&text).unwrap();
        let rule = table["rule"].as_str().unwrap();
        for row in table["rows"].as_array().unwrap() {
            let path = row["path"].as_str().unwrap();
            let kinds = row["types"].as_array().unwrap().iter().map(|t| t.as_str().unwrap());
            let row = |kind: &str| Row { rule: rule.into(), kind: kind.into(), path: path.into() };
            rows.extend(kinds.map(row));
        }
    }
    rows
}

/// The rows that no plan of Terraform fails yet are listed, so that the list can only become shorter.
#[test]
fn rows_without_a_plan_that_fails_them_are_known() {
    let bundle = bundle();
    let made = cases().into_iter().chain(corpus()).filter(Case::is_made);
    let found: Vec<_> = made.flat_map(|case| case.review(&bundle).findings).collect();
    let fails = |row: &Row| {
        found.iter().any(|f| {
            let said = [" = ", ", but"].map(|end| format!("{}{end}", row.path));
            f.rule == row.rule
                && f.resource.split('.').any(|part| part == row.kind)
                && said.iter().any(|text| f.message.contains(text))
        })
    };
    let rows = rows();
    assert!(rows.len() > 300, "{}", rows.len());
    let missing: BTreeSet<_> = rows.iter().filter(|row| !fails(row)).collect();
    let text = |row: &Row| format!("{} {} {}\n", row.rule, row.kind, row.path);
    let missing: String = missing.into_iter().map(text).collect();
    let golden = root().join("rows-without-plan.txt");
    if std::env::var_os("HEADGATE_UPDATE").is_some() {
        std::fs::write(&golden, &missing).unwrap();
    }
    let known = std::fs::read_to_string(&golden).unwrap_or_default();
    assert_eq!(missing, known, "plant a fault for each new row in policies/tests/attributes-fail");
}

#[test]
fn plans_are_those_of_the_sources_beside_them() {
    for case in cases().into_iter().chain(corpus()).filter(|case| case.is_made()) {
        let made_from = std::fs::read_to_string(case.path.join("sources.sha256")).unwrap();
        let mut files = Vec::new();
        sources(&case.path, &mut files);
        let line = |name: &str, file: &Path| {
            format!("{}  {name}\n", sha256_hex(&std::fs::read(file).unwrap()))
        };
        let mut text = line("common.tf", &root().join("common.tf"));
        for file in files {
            let name = file.strip_prefix(case.path.parent().unwrap()).unwrap();
            text.push_str(&line(name.to_str().unwrap(), &file));
        }
        assert_eq!(
            made_from.trim(),
            sha256_hex(text.as_bytes()),
            "{} has changed: run `cargo xtask plans {}`",
            case.name,
            case.name
        );
    }
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|e| e == "tf" || e == "tfvars") {
            files.push(path);
        }
    }
}

fn bundle_files() -> Vec<PathBuf> {
    let folder = root().join("..");
    let files = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    files.filter(|p| p.extension().is_some_and(|e| e == "rego")).collect()
}
