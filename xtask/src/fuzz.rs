//! `cargo xtask fuzz`: runs the parsers of untrusted input under a fuzzer with a sanitizer.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::progress::{logged, output, step};
use crate::{paths, tools};

/// Fuzz targets, each with the folder that its seed inputs come from, relative to the checkout.
const TARGETS: [(&str, Option<&str>); 3] =
    [("plan", Some("policies/tests")), ("record", None), ("token", None)];
/// Longest input, in bytes.
const MAX_LEN: u32 = 65_536;

/// Runs each target for `seconds` seconds.
pub fn fuzz(seconds: u32) -> Result<()> {
    let nightly = output(Command::new("rustup").args(["run", "nightly", "rustc", "--version"]));
    if nightly.is_err() {
        bail!("fuzzing requires a nightly toolchain; run `rustup toolchain install nightly`");
    }
    tools::venv()?;
    step("building the fuzz targets", || logged(&mut cargo_fuzz(&["build"]), &log("build")))?;
    for (target, seeds) in TARGETS {
        let corpus = corpus(target);
        std::fs::create_dir_all(&corpus)?;
        if let Some(folder) = seeds {
            seed(&paths::root().join(folder), &corpus)?;
        }
    }
    // One processor each.
    std::thread::scope(|scope| {
        let runs = TARGETS.map(|(target, _)| {
            scope.spawn(move || {
                step(&format!("fuzzing {target} for {seconds} s"), || {
                    let time = format!("-max_total_time={seconds}");
                    let length = format!("-max_len={MAX_LEN}");
                    let corpus = corpus(target).display().to_string();
                    let args = ["run", target, &corpus, "--", &time, &length, "-timeout=10"];
                    logged(&mut cargo_fuzz(&args), &log(target))
                })
            })
        });
        runs.into_iter().try_for_each(|run| {
            run.join().unwrap_or_else(|_| bail!("a fuzz target's run panicked"))
        })
    })
}

fn cargo_fuzz(args: &[&str]) -> Command {
    let mut command = Command::new("rustup");
    command
        .args(["run", "nightly"])
        .arg(tools::programs().join("cargo-fuzz"))
        .arg("fuzz")
        .args(args);
    command.current_dir(paths::root().join("fuzz"));
    command
}

/// The inputs that a target has found so far.
fn corpus(target: &str) -> PathBuf {
    paths::home().join("fuzz").join(target)
}

fn log(name: &str) -> PathBuf {
    paths::home().join(format!("logs/fuzz-{name}.log"))
}

/// Copies the real plans in `folder` to the corpus, as seed inputs.
fn seed(folder: &std::path::Path, corpus: &std::path::Path) -> Result<()> {
    for case in std::fs::read_dir(folder)?.flatten() {
        let plan = case.path().join("plan.json");
        if plan.is_file() {
            std::fs::copy(plan, corpus.join(case.file_name()))?;
        }
    }
    Ok(())
}
