//! The dependency rule, over `cargo metadata`.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::Path;

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

fn packages() -> BTreeMap<String, Package> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
    let metadata = MetadataCommand::new().manifest_path(root).no_deps().exec().unwrap();
    metadata.packages.into_iter().map(|p| (p.name.to_string(), p)).collect()
}

fn room(package: &Package) -> String {
    let path = package.manifest_path.as_str();
    let inside = path.rsplit_once("/Cargo.toml").unwrap().0;
    for room in ["functions", "shared"] {
        if inside.contains(&format!("/{room}/")) {
            return room.to_owned();
        }
    }
    inside.rsplit('/').next().unwrap().to_owned()
}

/// Ordinary dependencies, not those of tests.
fn depends_on(package: &Package) -> Vec<String> {
    let ordinary = package.dependencies.iter().filter(|d| d.kind == DependencyKind::Normal);
    ordinary.map(|d| d.name.clone()).collect()
}

#[test]
fn dependencies_point_inwards() {
    let all = packages();
    for (name, package) in &all {
        let ours: Vec<_> =
            depends_on(package).into_iter().filter(|d| all.contains_key(d)).collect();
        for dependency in ours {
            let (from, to) = (room(package), room(&all[&dependency]));
            let allowed = match name.as_str() {
                // Pure. The domain's logic is about the events' words, so it may use those.
                "headgate-events" => false,
                "headgate-domain" => dependency == "headgate-events",
                _ => match from.as_str() {
                    "functions" | "shared" | "cli" => to == "shared" || to == "events",
                    "tests" => to != "functions" && to != "xtask",
                    _ => false,
                },
            };
            assert!(allowed, "{name} ({from}) must not depend on {dependency} ({to})");
        }
    }
}

#[test]
fn the_core_knows_no_aws_no_runtime_no_clock() {
    let all = packages();
    for name in ["headgate-events", "headgate-domain", "headgate-review"] {
        for dependency in depends_on(&all[name]) {
            let bad = ["aws", "tokio", "lambda", "reqwest", "ureq"];
            assert!(!bad.iter().any(|b| dependency.starts_with(b)), "{name} uses {dependency}");
        }
    }
}

#[test]
fn aws_sdks_live_in_shared_only() {
    for (name, package) in packages() {
        let sdk = depends_on(&package).into_iter().find(|d| d.starts_with("aws-sdk-"));
        if let Some(sdk) = sdk {
            assert!(["shared", "tests"].contains(&room(&package).as_str()), "{name} uses {sdk}");
        }
    }
}

#[test]
fn main_files_are_short() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = vec![root.join("cli/src/main.rs"), root.join("xtask/src/main.rs")];
    for function in std::fs::read_dir(root.join("functions")).unwrap() {
        for file in std::fs::read_dir(function.unwrap().path().join("src/bin")).unwrap() {
            found.push(file.unwrap().path());
        }
    }
    assert!(found.len() >= 13);
    for file in found {
        let lines = std::fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= 52, "{} has {lines} lines", file.display());
    }
}
