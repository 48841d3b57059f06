//! Runs the lints of rustdoc and the documentation tests.
//!
//! `cargo doc` would compile the metadata of every dependency again, because it needs them checked, not
//! built. Documentation tests use the dependencies that are already built. So Cargo calls this program
//! instead of rustdoc. For each library, it first lints and then tests, with the same arguments.

use std::ffi::OsString;
use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::progress::shown;
use crate::{cargo, paths};

/// Environment variable that is set for the process that replaces rustdoc.
const STAND_IN: &str = "HEADGATE_XTASK_RUSTDOC";
/// Flags for testing that do not apply to linting, and whether each takes a value.
const OF_TESTS: [(&str, bool); 4] =
    [("--test", false), ("--test-run-directory", true), ("--test-args", true), ("--no-run", false)];

/// Lints the documentation of every library and runs its tests.
pub fn rustdoc() -> Result<()> {
    let crashing = cargo::selected(&["headgate-transparency-log"]);
    for packages in [cargo::without_failpoints(), crashing] {
        let mut test = cargo::cargo(&["test", "--doc", "--quiet", "--profile", cargo::PROFILE]);
        // Not this very file: the build that linted the workspace has replaced it.
        test.args(packages).env("RUSTDOC", cargo::binary("xtask")).env(STAND_IN, "1");
        shown(&mut test)?;
    }
    Ok(())
}

/// Acts as rustdoc if Cargo started this process in its place. Returns nothing otherwise.
pub fn stand_in() -> Option<ExitCode> {
    std::env::var_os(STAND_IN)?;
    let args: Vec<OsString> = std::env::args_os().skip(1).collect();
    let is_test = args.iter().any(|arg| arg == "--test");
    let linted = !is_test || run(&lint(&args));
    let tested = linted && run(&args);
    Some(if tested { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn run(args: &[OsString]) -> bool {
    Command::new("rustdoc").args(args).status().is_ok_and(|status| status.success())
}

/// Returns the arguments of a call that documents and lints instead of testing.
fn lint(args: &[OsString]) -> Vec<OsString> {
    let mut kept = Vec::new();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match OF_TESTS.iter().find(|(flag, _)| arg == flag) {
            Some((_, true)) => drop(args.next()),
            Some((_, false)) => {}
            None => kept.push(arg.clone()),
        }
    }
    kept.extend(["--document-private-items", "--out-dir"].map(OsString::from));
    kept.push(paths::target().join("doc-lint").into());
    kept.extend(["-D", "warnings"].map(OsString::from));
    kept
}
