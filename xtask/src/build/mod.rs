//! Builds the functions as Lambda zips.

mod pack;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::progress::{shown, step};
use crate::tools;
use crate::{cargo, paths};
use pack::pack;

/// Packages that contain functions, and the command-line tool, which shares their dependencies.
const PACKAGES: [&str; 12] = [
    "headgate-intake",
    "headgate-engagement",
    "headgate-pm-review",
    "headgate-approval-gate",
    "headgate-permits",
    "headgate-metrics-finalizer",
    "headgate-outbox-sweeper",
    "headgate-transparency-log",
    "headgate-query-api",
    "headgate-dlq-handler",
    "headgate-eval-runner",
    "headgate",
];

/// Names of all functions. Each is also the name of its binary.
pub const FUNCTIONS: [&str; 23] = [
    "intake",
    "intake-api",
    "engagement",
    "engagement-api",
    "engagement-sweep",
    "pm-review",
    "approval-gate-start",
    "approval-gate-open",
    "approval-gate-expire",
    "approval-gate-decide",
    "approval-gate-notify",
    "approval-gate-sweep",
    "permits-api",
    "permits-heartbeat",
    "eval-runner-plan",
    "eval-runner-case",
    "metrics-finalizer",
    "outbox-sweeper",
    "transparency-log",
    "query-api",
    "dlq-handler",
    "dlq-redrive",
    "dlq-api",
];

/// The build profile of the functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// For emulators on this machine: fast to build, and shared with tests and lints.
    Local,
    /// For an AWS account: fat LTO, and linked for Amazon Linux 2023 by cargo-lambda.
    Ship,
}

impl Profile {
    pub fn of(ship: bool) -> Self {
        if ship { Self::Ship } else { Self::Local }
    }

    /// Returns the path of a function's binary.
    pub fn binary(self, function: &str) -> PathBuf {
        match self {
            Self::Local => paths::target().join(cargo::PROFILE).join(function),
            // With the output format `binary`, cargo-lambda moves the binary here.
            Self::Ship => self.zips().join(function).join("bootstrap"),
        }
    }

    /// Returns the path of a function's zip.
    pub fn zip(self, function: &str) -> PathBuf {
        self.zips().join(function).join("bootstrap.zip")
    }

    /// Returns the folder that contains the zips.
    pub fn zips(self) -> PathBuf {
        match self {
            Self::Local => paths::target().join("lambda"),
            Self::Ship => paths::target().join("lambda-ship"),
        }
    }
}

/// Builds every function and the command-line tool for the emulators.
pub fn zips() -> Result<()> {
    step("building the functions (takes minutes the first time)", || {
        let mut args = cargo::selected(&PACKAGES);
        args.push("--bins".to_owned());
        cargo::build(&args)
    })?;
    step("creating the zips", || pack_all(Profile::Local, &[]))?;
    no_failpoints(Profile::Local)
}

/// Builds every function as a zip.
pub fn build(profile: Profile, arm64: bool) -> Result<()> {
    match profile {
        Profile::Local if arm64 => bail!("the emulators run x86_64; add --ship"),
        Profile::Local => zips(),
        Profile::Ship => ship(arm64, &[]),
    }
}

/// Builds functions for an AWS account, linked for Amazon Linux 2023. Builds all if `functions` is empty.
pub fn ship(arm64: bool, functions: &[String]) -> Result<()> {
    let venv = tools::cargo_lambda()?;
    let profile = Profile::Ship;
    step("building the functions (takes ten minutes or more)", || {
        let mut cargo = Command::new("cargo");
        cargo
            .current_dir(paths::root())
            .env("PATH", tools::path_with(&venv.join("bin")))
            .args(["lambda", "build", "--output-format", "binary", "--profile", "ship"])
            .arg("--lambda-dir")
            .arg(profile.zips());
        if arm64 {
            cargo.arg("--arm64");
        }
        for package in PACKAGES.iter().filter(|p| **p != "headgate") {
            cargo.args(["--package", package]);
        }
        for function in functions {
            cargo.args(["--bin", function]);
        }
        shown(&mut cargo)
    })?;
    step("compressing the zips as far as possible", || pack_all(profile, functions))?;
    if arm64 { Ok(()) } else { no_failpoints(profile) }
}

/// Creates the zips in parallel, with one thread per processor.
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
                        pack(&profile.binary(function), &profile.zip(function), profile)
                    })
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| {
            worker.join().unwrap_or_else(|_| bail!("packing a function panicked"))
        })
    })
}

/// Fails if a binary contains failpoints, which tests use to crash functions. They must never be deployed.
fn no_failpoints(profile: Profile) -> Result<()> {
    let point = b"outbox.committed";
    for function in FUNCTIONS {
        let path = profile.binary(function);
        if std::fs::read(&path).is_ok_and(|b| b.windows(point.len()).any(|w| w == point)) {
            bail!("{} contains failpoints; build it without them", path.display());
        }
    }
    Ok(())
}

/// Returns the path of the command-line tool, which `zips` builds.
pub fn headgate() -> PathBuf {
    Profile::Local.binary("headgate")
}
