//! Helpers to start evaluations and read their results.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::world::World;

/// Folder with the suites of the repository.
#[must_use]
pub fn evals() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../evals")
}

/// Writes a small suite: some tasks of `terraform-basics` with one prompt each, and these settings. Returns
/// its folder.
#[must_use]
pub fn suite(name: &str, tasks: &[&str], settings: &str) -> PathBuf {
    let log = PathBuf::from(std::env::var("HEADGATE_E2E_RECORDED_LOG").unwrap());
    let folder = log.with_file_name("suites").join(name);
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(folder.join("tasks")).unwrap();
    let graders = "[[graders]]\nkind = \"hcl_parses\"\n[[graders]]\nkind = \"no_wildcards\"\n";
    let text = format!("name = \"{name}\"\nfamily = \"terraform\"\n{settings}\n{graders}");
    std::fs::write(folder.join("suite.toml"), text).unwrap();
    for task in tasks {
        let original = evals().join(format!("terraform-basics/tasks/{task}.toml"));
        let original = std::fs::read_to_string(original).unwrap();
        let prompt = original.lines().nth(1).unwrap();
        let text = format!("prompts = [\n{prompt}\n]\n");
        std::fs::write(folder.join(format!("tasks/{task}.toml")), text).unwrap();
    }
    folder
}

/// Starts an evaluation as `eve`, who has the role for it, without waiting for its end. Returns the run id.
#[track_caller]
pub fn begin(world: &World, suite: &Path, args: &[&str]) -> String {
    let run = world.id("run");
    let own = ["eval", "run", suite.to_str().unwrap(), "--run-id", &run, "--no-wait"];
    let (code, _, err) = world.headgate("eve", &[&own[..], args].concat());
    assert_eq!(code, 0, "{err}");
    run
}

/// Runs an evaluation to its end as `eve`, who has the role for it. Returns the run id and the printed JSON.
/// The default ceiling is 5 US dollars.
pub fn evaluate(world: &World, suite: &Path, args: &[&str]) -> (String, Value) {
    let run = world.id("run");
    let mut all = vec!["eval", "run", suite.to_str().unwrap(), "--run-id", &run];
    all.extend(["--format", "json"]);
    if !args.contains(&"--ceiling") {
        all.extend(["--ceiling", "5"]);
    }
    all.extend(args);
    let (_, out, err) = world.headgate("eve", &all);
    let shown = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{err}"));
    (run, shown)
}

/// Calls to a recorded model since the test run began. Each has `model`, `task`, `kind` and `nth`.
#[must_use]
pub fn calls(model: &str) -> Vec<Value> {
    let log = std::fs::read_to_string(std::env::var("HEADGATE_E2E_RECORDED_LOG").unwrap()).unwrap();
    let all = log.lines().map(|l| serde_json::from_str::<Value>(l).unwrap());
    all.filter(|c| c["model"] == model).collect()
}

/// Numbers of graded, failed and skipped cases.
#[must_use]
pub fn counts(shown: &Value) -> [u64; 3] {
    ["graded", "failed", "skipped"].map(|k| shown["evaluation"]["counts"][k].as_u64().unwrap())
}

/// Numbers of cases without a grade, by code.
#[must_use]
pub fn missing(shown: &Value) -> BTreeMap<String, u64> {
    let all = shown["report"]["missing"].as_array().unwrap().iter();
    all.map(|m| (m["code"].as_str().unwrap().to_owned(), m["cases"].as_u64().unwrap())).collect()
}
