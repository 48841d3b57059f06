//! The dependency rule, over `cargo metadata`.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::Path;

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

fn packages() -> BTreeMap<String, Package> {
    let manifest = root().join("Cargo.toml");
    let metadata = MetadataCommand::new().manifest_path(manifest).no_deps().exec().unwrap();
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
fn claims_and_batch_know_nothing_of_headgate() {
    let all = packages();
    for name in ["headgate-claims", "headgate-batch"] {
        let ours: Vec<_> =
            depends_on(&all[name]).into_iter().filter(|d| all.contains_key(d)).collect();
        assert_eq!(ours, ["headgate-failpoint"], "{name}");
    }
}

#[test]
fn failpoints_are_for_tests_only() {
    for (name, package) in packages() {
        for dependency in &package.dependencies {
            let on = dependency.name == "headgate-failpoint" && !dependency.features.is_empty();
            let test = dependency.kind == DependencyKind::Development;
            assert!(!on || test, "{name} turns failpoints on");
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
    let root = root();
    let mut found = vec![root.join("cli/src/main.rs"), root.join("xtask/src/main.rs")];
    for function in std::fs::read_dir(root.join("functions")).unwrap() {
        for file in std::fs::read_dir(function.unwrap().path().join("src/bin")).unwrap() {
            found.push(file.unwrap().path());
        }
    }
    assert!(found.len() >= 13);
    for file in found {
        let lines = std::fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= 40, "{} has {lines} lines", file.display());
    }
}

/// `METHOD /path` and the function behind it, as `openapi.yaml` lists them.
fn documented() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(root().join("openapi.yaml")).unwrap();
    let mut found = BTreeMap::new();
    let (mut path, mut method) = (String::new(), String::new());
    for line in text.lines() {
        let (indent, word) = (line.len() - line.trim_start().len(), line.trim());
        match indent {
            2 if word.starts_with("/v1/") => path = word.trim_end_matches(':').to_owned(),
            4 if !path.is_empty() => method = word.trim_end_matches(':').to_uppercase(),
            6 => {
                if let Some(function) = word.strip_prefix("x-function: ") {
                    found.insert(format!("{method} {path}"), function.to_owned());
                }
            }
            _ => {}
        }
    }
    found
}

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn the_functions_route_what_openapi_says() {
    let mut routed = BTreeMap::new();
    for (file, function) in [
        ("intake/src/api.rs", "intake-api"),
        ("approval-gate/src/api/mod.rs", "approval-gate-decide"),
        ("metrics-finalizer/src/api.rs", "query-api"),
        ("dlq-handler/src/api.rs", "dlq-api"),
    ] {
        let text = std::fs::read_to_string(root().join("functions").join(file)).unwrap();
        for line in text.lines().filter_map(|l| l.trim().strip_prefix(".route(\"")) {
            let (path, rest) = line.split_once("\", ").unwrap();
            let method = rest.split('(').next().unwrap().to_uppercase();
            routed.insert(format!("{method} {path}"), function.to_owned());
        }
    }
    assert!(routed.len() > 10);
    assert_eq!(routed, documented());
}

#[test]
fn the_api_module_sends_each_path_to_its_function() {
    let text = std::fs::read_to_string(root().join("terraform/modules/api/main.tf")).unwrap();
    // `"changes/{id}/{proxy+}" = { POST = "approval-gate-decide" }`
    let mut resources: Vec<(String, String, String)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|l| l.starts_with('"') && l.contains("= {")) {
        let mut quoted = line.split('"').skip(1).step_by(2);
        let path = quoted.next().unwrap().to_owned();
        for part in line.split_once("= {").unwrap().1.split(',') {
            if let Some((method, function)) = part.split_once(" = ") {
                let function = function.trim_matches(|c| " \"}".contains(c));
                resources.push((method.trim().to_owned(), path.clone(), function.to_owned()));
            }
        }
    }
    for (request, function) in documented() {
        let (method, path) = request.split_once(" /v1/").unwrap();
        let matches = |pattern: &str| {
            let (mut pattern, mut path) = (pattern.split('/'), path.split('/'));
            loop {
                match (pattern.next(), path.next()) {
                    (Some("{proxy+}"), Some(_)) | (None, None) => return true,
                    (Some(a), Some(b)) if a == b || (a.starts_with('{') && b.starts_with('{')) => {}
                    _ => return false,
                }
            }
        };
        // The most specific resource wins, as on API Gateway.
        let best = resources
            .iter()
            .filter(|(m, pattern, _)| m == method && matches(pattern))
            .max_by_key(|(_, pattern, _)| (!pattern.contains("{proxy+}"), pattern.len()));
        assert_eq!(best.map(|b| b.2.as_str()), Some(function.as_str()), "{request}");
    }
}
