//! The zips.

mod pack;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::paths;
use crate::progress::{shown, step};
use crate::tools;
use pack::pack;

/// Packages with functions. The command-line tool is built along: it shares all its dependencies.
const PACKAGES: [&str; 7] = [
    "headgate-intake",
    "headgate-pm-review",
    "headgate-approval-gate",
    "headgate-metrics-finalizer",
    "headgate-dlq-handler",
    "headgate-eval-runner",
    "headgate",
];

/// All functions, by the name of their binary.
pub const FUNCTIONS: [&str; 15] = [
    "intake",
    "intake-api",
    "pm-review",
    "approval-gate-start",
    "approval-gate-open",
    "approval-gate-expire",
    "approval-gate-decide",
    "approval-gate-notify",
    "eval-runner-plan",
    "eval-runner-case",
    "metrics-finalizer",
    "query-api",
    "dlq-handler",
    "dlq-redrive",
    "dlq-api",
];

/// How the functions are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// For the emulators.
    Release,
    /// For an account: fat LTO.
    Ship,
}

impl Profile {
    pub fn of(ship: bool) -> Self {
        if ship { Self::Ship } else { Self::Release }
    }

    /// What ships is packed by us.
    fn format(self) -> &'static str {
        match self {
            Self::Release => "zip",
            Self::Ship => "binary",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Ship => "ship",
        }
    }

    /// Where a function's binary is.
    pub fn binary(self, function: &str) -> PathBuf {
        match self {
            Self::Release => {
                paths::target().join("x86_64-unknown-linux-gnu").join(self.name()).join(function)
            }
            // cargo-lambda moves what it does not pack.
            Self::Ship => self.zips().join(function).join("bootstrap"),
        }
    }

    /// Where a function's zip is.
    pub fn zip(self, function: &str) -> PathBuf {
        self.zips().join(function).join("bootstrap.zip")
    }

    /// Folder of the zips.
    pub fn zips(self) -> PathBuf {
        match self {
            Self::Release => paths::target().join("lambda"),
            Self::Ship => paths::target().join("lambda-ship"),
        }
    }
}

/// Builds every function for the emulators, and the command-line tool with them.
pub fn zips() -> Result<()> {
    build(Profile::Release, false)
}

/// Builds every function as a zip, linked for Amazon Linux 2023.
pub fn build(profile: Profile, arm64: bool) -> Result<()> {
    build_only(profile, arm64, &[])
}

/// The same for some functions; for all, if none is named.
pub fn build_only(profile: Profile, arm64: bool, functions: &[String]) -> Result<()> {
    let venv = tools::venv()?;
    step("building the functions (minutes the first time)", || {
        let mut cargo = Command::new("cargo");
        cargo
            .current_dir(paths::root())
            .env("PATH", tools::path_with(&venv))
            .args(["lambda", "build", "--output-format", profile.format(), "--profile"])
            .arg(profile.name())
            .arg("--lambda-dir")
            .arg(profile.zips());
        if arm64 {
            cargo.arg("--arm64");
        }
        for package in PACKAGES {
            if profile == Profile::Release || package != "headgate" {
                cargo.args(["--package", package]);
            }
        }
        for function in functions {
            cargo.args(["--bin", function]);
        }
        shown(&mut cargo)
    })?;
    if profile == Profile::Ship {
        step("packing them as small as they get", || pack_all(profile, functions))?;
    }
    if arm64 { Ok(()) } else { no_failpoints(profile) }
}

/// Two at a time and more, as there are processors.
fn pack_all(profile: Profile, functions: &[String]) -> Result<()> {
    let named = |f: &&str| functions.is_empty() || functions.iter().any(|n| n == *f);
    let todo: Vec<_> = FUNCTIONS.iter().copied().filter(named).collect();
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|n| {
                let mine: Vec<_> = todo.iter().copied().skip(n).step_by(threads).collect();
                scope.spawn(move || {
                    mine.into_iter().try_for_each(|function| {
                        let folder = profile.zips().join(function);
                        pack(&folder.join("bootstrap"), &folder.join("bootstrap.zip"))
                    })
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| {
            worker.join().unwrap_or_else(|_| bail!("packing a function panicked"))
        })
    })
}

/// What tests end functions with must not be in what is deployed.
fn no_failpoints(profile: Profile) -> Result<()> {
    let point = b"flow.committed";
    for function in FUNCTIONS {
        let path = profile.binary(function);
        if std::fs::read(&path).is_ok_and(|b| b.windows(point.len()).any(|w| w == point)) {
            bail!("{} was built with failpoints", path.display());
        }
    }
    Ok(())
}

/// The command-line tool that was built along.
pub fn headgate() -> PathBuf {
    Profile::Release.binary("headgate")
}
