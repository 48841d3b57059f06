//! The dependency rule, over `cargo metadata`; routes; the length of `main` files; import cycles.
#![allow(clippy::unwrap_used)]

mod cycles;
mod tables;
mod tags;
mod tested;
mod variables;

use std::collections::BTreeMap;
use std::path::Path;

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

fn packages() -> BTreeMap<String, Package> {
    let manifest = root().join("Cargo.toml");
    let metadata = MetadataCommand::new().manifest_path(manifest).no_deps().exec().unwrap();
    metadata.packages.into_iter().map(|p| (p.name.to_string(), p)).collect()
}

/// The folder that says what a package may use: `shared/core`, `functions`, `cli`.
fn room(package: &Package) -> String {
    let folder = package.manifest_path.parent().unwrap().as_std_path().canonicalize().unwrap();
    let inside =
        folder.strip_prefix(root().canonicalize().unwrap()).unwrap().to_str().unwrap().to_owned();
    let mut parts = inside.split('/');
    match (parts.next(), parts.next()) {
        (Some("shared"), Some(group)) => format!("shared/{group}"),
        (Some(first), _) => first.to_owned(),
        _ => inside,
    }
}

/// What each folder may depend on, besides other people's crates. `docs/architecture.md` says the same, in the
/// section "Dependency rule".
fn allowed(from: &str) -> &'static [&'static str] {
    match from {
        "events" => &[],
        "shared/core" => &["events", "shared/core"],
        "shared/messaging" => &["shared/messaging"],
        "shared/api" => &["events", "shared/core", "shared/evals"],
        "shared/evals" => &["events", "shared/core", "shared/evals", "shared/platform"],
        "shared/platform" => &["events", "shared/core", "shared/messaging", "shared/platform"],
        "shared/aws" => {
            &["events", "shared/core", "shared/messaging", "shared/platform", "shared/aws"]
        }
        "functions" | "cli" => &[
            "events",
            "shared/core",
            "shared/messaging",
            "shared/platform",
            "shared/aws",
            "shared/evals",
            "shared/api",
        ],
        // Operators run them beside the fleet.
        "tools" => &[
            "events",
            "shared/core",
            "shared/messaging",
            "shared/platform",
            "shared/aws",
            "shared/evals",
            "functions",
        ],
        "tests" => &[
            "events",
            "shared/core",
            "shared/messaging",
            "shared/platform",
            "shared/aws",
            "shared/evals",
            "shared/api",
            "cli",
            "tools",
        ],
        _ => &[],
    }
}

/// Normal dependencies, without dev-dependencies and build dependencies.
fn depends_on(package: &Package) -> Vec<String> {
    let ordinary = package.dependencies.iter().filter(|d| d.kind == DependencyKind::Normal);
    ordinary.map(|d| d.name.clone()).collect()
}

#[test]
fn dependencies_point_one_way() {
    let all = packages();
    for (name, package) in &all {
        for dependency in depends_on(package).into_iter().filter(|d| all.contains_key(d)) {
            let (from, to) = (room(package), room(&all[&dependency]));
            assert!(
                allowed(&from).contains(&to.as_str()),
                "{name} ({from}) must not depend on {dependency} ({to})"
            );
        }
    }
}

#[test]
fn the_core_knows_no_aws_no_runtime_no_clock() {
    let all = packages();
    let pure = ["events", "shared/core"];
    for (name, package) in all.iter().filter(|(_, p)| pure.contains(&room(p).as_str())) {
        for dependency in depends_on(package) {
            let bad = ["aws", "tokio", "lambda", "reqwest", "ureq"];
            assert!(!bad.iter().any(|b| dependency.starts_with(b)), "{name} uses {dependency}");
        }
    }
}

#[test]
fn messaging_knows_nothing_of_headgate() {
    for package in packages().values().filter(|p| room(p) == "shared/messaging") {
        let src = package.manifest_path.parent().unwrap().join("src");
        for file in std::fs::read_dir(src).unwrap().map(|f| f.unwrap().path()) {
            let text = std::fs::read_to_string(&file).unwrap().to_lowercase();
            let code = text.split("#[cfg(test)]").next().unwrap();
            for line in code.lines().filter(|l| l.contains("headgate")) {
                // Its own crates, and log targets that carry their name.
                let own = ["headgate_failpoint", "headgate_batch", "headgate_lease"];
                assert!(own.iter().any(|o| line.contains(o)), "{}: {line}", file.display());
            }
        }
    }
}

/// Every dependency of the workspace, with its features, is in `xtask/unify`: one that is missing there would be
/// compiled twice.
#[test]
fn local_builds_share_their_dependencies() {
    let all = packages();
    let unify = &all["headgate-unify"];
    let known: BTreeMap<_, _> =
        unify.dependencies.iter().map(|d| (d.name.as_str(), &d.features)).collect();
    for (name, package) in &all {
        for dependency in package.dependencies.iter().filter(|d| !all.contains_key(&d.name)) {
            let features = known.get(dependency.name.as_str());
            let features = features.unwrap_or_else(|| {
                panic!("{name} uses {}; add it to xtask/unify/Cargo.toml", dependency.name)
            });
            for feature in &dependency.features {
                assert!(
                    features.contains(feature),
                    "{name} uses {} with `{feature}`; add the feature to xtask/unify/Cargo.toml",
                    dependency.name
                );
            }
        }
    }
}

#[test]
fn failpoints_are_for_tests_only() {
    for (name, package) in packages() {
        for dependency in &package.dependencies {
            let on = dependency.name == "headgate-failpoint" && !dependency.features.is_empty();
            let test = dependency.kind == DependencyKind::Development;
            assert!(!on || test, "{name} enables failpoints outside its tests");
            // `cargo xtask` compiles these apart: see CRASHING in xtask/src/cargo.rs.
            let apart = ["headgate-e2e", "headgate-transparency-log"].contains(&name.as_str());
            assert!(!on || apart, "{name} enables failpoints, so all functions are compiled twice");
        }
    }
}

#[test]
fn aws_sdks_live_in_shared_only() {
    for (name, package) in packages() {
        let sdk = depends_on(&package).into_iter().find(|d| d.starts_with("aws-sdk-"));
        if let Some(sdk) = sdk {
            let room = room(&package);
            // Lease and batch are the SDK's; `unify` is nothing but a list.
            let may = ["shared/aws", "shared/messaging", "shared/evals", "tests", "xtask"];
            assert!(may.contains(&room.as_str()), "{name} ({room}) uses {sdk}");
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
        assert!(lines <= 40, "{} has {lines} lines; the limit is 40", file.display());
    }
}

/// The function behind each `METHOD /path` in `openapi.json`.
fn documented() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(root().join("openapi.json")).unwrap();
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut found = BTreeMap::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let function = operation["x-function"].as_str().unwrap();
            found.insert(format!("{} {path}", method.to_uppercase()), function.to_owned());
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
        ("engagement/src/api/mod.rs", "engagement-api"),
        ("approval-gate/src/api/mod.rs", "approval-gate-decide"),
        ("permits/src/api/mod.rs", "permits-api"),
        ("permits/src/heartbeat.rs", "permits-heartbeat"),
        ("query-api/src/api.rs", "query-api"),
        ("dlq-handler/src/api.rs", "dlq-api"),
    ] {
        let text = std::fs::read_to_string(root().join("functions").join(file)).unwrap();
        // A router with one route is one line.
        for line in text.lines().filter_map(|l| Some(l.split_once(".route(\"")?.1)) {
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
