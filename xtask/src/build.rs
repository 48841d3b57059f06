//! The zips.

use std::process::Command;

use anyhow::Result;

use crate::paths;
use crate::progress::{shown, step};
use crate::tools;

/// Packages with functions. The command-line tool is built along: it shares all its dependencies.
const PACKAGES: [&str; 6] = [
    "headgate-intake",
    "headgate-pm-review",
    "headgate-approval-gate",
    "headgate-metrics-finalizer",
    "headgate-dlq-handler",
    "headgate",
];

/// All functions, by the name of their binary.
pub const FUNCTIONS: [&str; 11] = [
    "intake",
    "intake-api",
    "pm-review",
    "approval-gate-start",
    "approval-gate-open",
    "approval-gate-expire",
    "approval-gate-decide",
    "metrics-finalizer",
    "query-api",
    "dlq-handler",
    "dlq-api",
];

/// Builds every function as `target/lambda/<function>/bootstrap.zip`, linked for Amazon Linux 2023.
pub fn zips(arm64: bool) -> Result<()> {
    let venv = tools::venv()?;
    step("building the functions (minutes the first time)", || {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(paths::root()).env("PATH", tools::path_with(&venv)).args([
            "lambda",
            "build",
            "--release",
            "--output-format",
            "zip",
        ]);
        if arm64 {
            cargo.arg("--arm64");
        }
        for package in PACKAGES {
            cargo.args(["--package", package]);
        }
        shown(&mut cargo)
    })
}

/// The command-line tool that was built along.
pub fn headgate() -> std::path::PathBuf {
    paths::target().join("x86_64-unknown-linux-gnu/release/headgate")
}
