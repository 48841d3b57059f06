//! Builds everything that runs locally with one profile and one set of features, and lints while compiling.
//!
//! `clippy-driver` also compiles the code that it lints, so lints, tests and emulators share one build of
//! the workspace. Cargo does not use it for third-party crates. Selecting `headgate-unify` makes Cargo
//! resolve the same features for every selection of packages. Otherwise the AWS SDK would be compiled twice:
//! for the tests and for the functions.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::progress::output;
use crate::{paths, tools};

/// The Cargo profile for everything that runs on this machine.
pub const PROFILE: &str = "local";
/// The package that gives every build the same set of features.
const UNIFY: &str = "headgate-unify";
/// Packages whose tests crash functions at failpoints. They are compiled apart: whatever is compiled with them gets failpoints, too, and
/// would have to be compiled a second time without, for the zips.
pub const CRASHING: [&str; 2] = ["headgate-e2e", "headgate-transparency-log"];

/// Returns a Cargo command that runs in the root of the checkout.
pub fn cargo(args: &[&str]) -> Command {
    // The test runner is called directly: another PATH would make Cargo compile some dependencies again.
    let mut command = match args.first() {
        Some(&"nextest") => Command::new(tools::programs().join("cargo-nextest")),
        _ => Command::new("cargo"),
    };
    command.current_dir(paths::root()).args(args);
    if output(Command::new("clippy-driver").arg("--version")).is_ok() {
        command.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
    }
    command
}

/// Returns the arguments that select packages for a local build.
pub fn selected(packages: &[&str]) -> Vec<String> {
    let mut args = vec!["--package".to_owned(), UNIFY.to_owned()];
    args.extend(packages.iter().flat_map(|p| ["--package".to_owned(), (*p).to_owned()]));
    args
}

/// Returns the arguments that select all packages without failpoints.
pub fn without_failpoints() -> Vec<String> {
    let excluded = CRASHING.iter().flat_map(|package| ["--exclude", package]);
    ["--workspace"].into_iter().chain(excluded).map(str::to_owned).collect()
}

/// Returns the path of a binary.
pub fn binary(name: &str) -> PathBuf {
    paths::target().join(PROFILE).join(name)
}

/// Runs `cargo build` and prints its warnings and errors. Returns the number of warnings, including those
/// that Cargo repeats for crates that it did not compile again.
pub fn build(args: &[String]) -> Result<usize> {
    let mut command = cargo(&["build", "--profile", PROFILE, "--message-format"]);
    command.arg("json-diagnostic-rendered-ansi").args(args);
    let mut child = command.stdout(Stdio::piped()).spawn().context("cannot start cargo")?;
    let stdout = child.stdout.take().context("cannot read the output of cargo")?;
    let mut warnings = 0;
    for line in std::io::BufRead::lines(std::io::BufReader::new(stdout)) {
        let Ok(message) = serde_json::from_str::<Value>(&line?) else { continue };
        if message["reason"] != "compiler-message" {
            continue;
        }
        eprint!("{}", message["message"]["rendered"].as_str().unwrap_or_default());
        // The summary ("3 warnings emitted") has no span.
        let spans = message["message"]["spans"].as_array().is_some_and(|s| !s.is_empty());
        warnings += usize::from(message["message"]["level"] == "warning" && spans);
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("cargo build failed ({status})");
    }
    Ok(warnings)
}
