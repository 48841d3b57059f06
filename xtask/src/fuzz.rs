//! `cargo xtask fuzz`: runs the parsers of untrusted input under a fuzzer with a sanitizer.

use std::process::Command;

use anyhow::{Result, bail};

use crate::paths;
use crate::progress::{logged, output, step};

/// Version of cargo-fuzz.
const CARGO_FUZZ: &str = "0.13.2";
/// Fuzz targets, each with the folder that its seed inputs come from, relative to the checkout.
const TARGETS: [(&str, Option<&str>); 2] = [("plan", Some("policies/tests")), ("token", None)];
/// Longest input, in bytes.
const MAX_LEN: u32 = 65_536;

/// Runs each target for `seconds` seconds.
pub fn fuzz(seconds: u32) -> Result<()> {
    let nightly = output(Command::new("rustup").args(["run", "nightly", "rustc", "--version"]));
    if nightly.is_err() {
        bail!("fuzzing requires a nightly toolchain; run `rustup toolchain install nightly`");
    }
    let tools = paths::home().join("cargo-fuzz");
    let program = tools.join("bin/cargo-fuzz");
    if !program.is_file() {
        step("installing cargo-fuzz", || {
            let mut install = Command::new("cargo");
            install.args(["install", "cargo-fuzz", "--locked", "--version", CARGO_FUZZ, "--root"]);
            logged(install.arg(&tools), &paths::home().join("logs/cargo-fuzz.log"))
        })?;
    }
    let cargo_fuzz = |args: &[&str]| {
        let mut command = Command::new("rustup");
        command.args(["run", "nightly"]).arg(&program).arg("fuzz").args(args);
        command.current_dir(paths::root().join("fuzz"));
        command
    };
    let log = |name: &str| paths::home().join(format!("logs/fuzz-{name}.log"));
    step("building the fuzz targets", || logged(&mut cargo_fuzz(&["build"]), &log("build")))?;
    for (target, seeds) in TARGETS {
        let corpus = paths::home().join("fuzz").join(target);
        std::fs::create_dir_all(&corpus)?;
        if let Some(folder) = seeds {
            seed(&paths::root().join(folder), &corpus)?;
        }
        step(&format!("fuzzing {target} for {seconds} s"), || {
            let (time, length) =
                (format!("-max_total_time={seconds}"), format!("-max_len={MAX_LEN}"));
            let corpus = corpus.display().to_string();
            let mut run =
                cargo_fuzz(&["run", target, &corpus, "--", &time, &length, "-timeout=10"]);
            logged(&mut run, &log(target))
        })?;
    }
    Ok(())
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
