//! `cargo xtask test`, `deny` and `schemas`.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Result, bail};

use crate::deploy::Terraform;
use crate::emulator::Kind;
use crate::progress::{logged, shown, step};
use crate::stages::{self, parallel, stage};
use crate::{build, cargo, checkov, dlq_coverage, e2e, own_plan, paths, recorded, rustdoc, tools};

/// Number of folders that Terraform checks in parallel.
const FOLDERS_AT_ONCE: usize = 3;
/// Name of the test run that plans a whole environment.
const WHOLE: &str = "the_whole_fleet";

/// Runs all checks that take minutes. The stories mostly wait, so the tests that need no emulator run beside them.
pub fn test(quick: bool) -> Result<()> {
    let result = prepare().and_then(|()| {
        if quick {
            return without_emulator();
        }
        recorded::with_models(e2e::stack(Kind::Ministack), |stack, recorded| {
            let last = || parallel(&[&docs, &own_medicine]);
            e2e::stories_beside(stack, recorded, &|| units().and_then(|()| last())).map(drop)
        })
    });
    stages::print();
    result
}

/// Installs the tools, checks the format, and compiles and lints everything.
pub fn prepare() -> Result<()> {
    tools::terraform()?;
    tools::python(10)?;
    stage("rustfmt", || {
        shown(Command::new("cargo").current_dir(paths::root()).args(["fmt", "--all", "--check"]))
    })?;
    parallel(&[&tools, &|| stage("compile and lint", compile)])
}

/// Installs the tools. Building needs none of them.
pub fn tools() -> Result<()> {
    stage("tools", || {
        tools::venv().and_then(|_| tools::checkov()).and_then(|_| tools::verifiers()).map(drop)
    })
}

/// Compiles everything.
pub fn compile() -> Result<()> {
    let mut warnings = 0;
    for mut packages in [cargo::without_failpoints(), cargo::selected(&cargo::CRASHING)] {
        packages.push("--all-targets".to_owned());
        warnings += cargo::build(&packages)?;
    }
    if warnings > 0 {
        bail!("{warnings} warnings; fix them, or allow each in its place with a reason");
    }
    build::zips()
}

/// Runs the checks that need no emulator, all of them beside each other.
fn without_emulator() -> Result<()> {
    parallel(&[&units, &docs])?;
    own_medicine()
}

/// Runs the unit tests and the Terraform checks.
pub fn units() -> Result<()> {
    parallel(&[&|| stage("terraform", terraform), &|| {
        stage("unit, property and golden tests", unit_tests)
    }])
}

/// Holds the fleet to its own rules and to Checkov's.
pub fn own_medicine() -> Result<()> {
    stage("the fleet's own plan", own_plan::check)?;
    stage("Checkov", checkov::check)
}

/// Lints the documentation and runs its tests. That takes about one processor, and the stories mostly wait.
pub fn docs() -> Result<()> {
    stage("documentation and its tests", rustdoc::rustdoc)
}

fn unit_tests() -> Result<()> {
    // The second group has the structure tests, and the unit tests of the story helpers.
    for packages in [cargo::without_failpoints(), cargo::selected(&cargo::CRASHING)] {
        let mut nextest = cargo::cargo(&["nextest", "run", "--cargo-profile", cargo::PROFILE]);
        nextest.args(packages).args(["--no-fail-fast", "--status-level", "slow"]);
        shown(&mut nextest)?;
    }
    Ok(())
}

/// Runs `cargo deny`: licenses, sources and banned crates, and advisories if the database can be fetched.
pub fn deny() -> Result<()> {
    tools::venv()?;
    plain_cargo("cargo deny", &["deny", "check", "bans", "licenses", "sources"], &[])?;
    // The advisory database is a Git repository. A machine that can only reach registries cannot fetch it.
    if plain_cargo("cargo deny: fetch advisories", &["deny", "fetch", "db"], &[]).is_err() {
        eprintln!("!! cannot fetch the advisory database: advisories were not checked");
        return Ok(());
    }
    plain_cargo("cargo deny: advisories", &["deny", "check", "advisories"], &[])
}

/// Writes everything that is generated.
pub fn schemas() -> Result<()> {
    tools::venv()?;
    let mut test = cargo::cargo(&["nextest", "run", "--cargo-profile", cargo::PROFILE]);
    let packages =
        ["headgate-events", "headgate-api-types", "headgate-engagements", "headgate-e2e"];
    test.args(cargo::selected(&packages)).args([
        "--test",
        "contract",
        "--test",
        "course",
        "--test",
        "openapi",
        "--test",
        "structure",
    ]);
    shown(test.env("HEADGATE_UPDATE", "1"))
}

fn plain_cargo(name: &str, args: &[&str], envs: &[(&str, &str)]) -> Result<()> {
    eprintln!("── {name}");
    let mut command = Command::new("cargo");
    command
        .current_dir(paths::root())
        .env("PATH", tools::path_with(&tools::programs()))
        .args(args)
        .envs(envs.iter().copied());
    shown(&mut command)
}

/// Checks the format, validity and tests of every Terraform module and environment.
fn terraform() -> Result<()> {
    let dir = paths::root().join("terraform");
    let data = paths::home().join("terraform-check");
    let format = Terraform::new(&dir, &data, None)?;
    step("terraform fmt", || {
        let args = ["fmt", "-check", "-recursive", "-diff", "."];
        logged(&mut format.command(&args), &data.join("fmt.log"))?;
        let examples = paths::root().join("examples");
        let format = Terraform::new(&examples, &data, None)?;
        logged(&mut format.command(&["fmt", "-check", "-diff", "."]), &data.join("fmt.log"))
    })?;
    let mut folders = Vec::new();
    for group in ["modules", "environments", "examples"] {
        for entry in std::fs::read_dir(dir.join(group))? {
            folders.push(entry?.path());
        }
    }
    folders.push(paths::root().join("examples"));
    folders.sort();
    // Most of the time is spent waiting for the provider to start, so check several folders in parallel.
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let work = || -> Result<()> {
            while let Some(folder) = folders.get(next.fetch_add(1, Ordering::Relaxed)) {
                let name = folder.strip_prefix(paths::root())?.display().to_string();
                step(&format!("terraform validate, test: {name}"), || check(folder, &data, &name))?;
            }
            Ok(())
        };
        let workers: Vec<_> = (0..FOLDERS_AT_ONCE).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker.join().unwrap_or_else(|_| bail!("a Terraform check panicked"))
        })
    })
}

fn check(folder: &Path, data: &Path, name: &str) -> Result<()> {
    let data = data.join(name.replace('/', "-"));
    let terraform = Terraform::new(folder, &data, None)?;
    let init = ["init", "-backend=false", "-input=false", "-no-color"];
    logged(&mut terraform.command(&init), &data.join("init.log"))?;
    // `terraform test` validates, too.
    if name.starts_with("terraform/environments/") {
        walk(&terraform, &data)
    } else if folder.join("tests").is_dir() {
        logged(&mut terraform.command(&["test", "-no-color"]), &data.join("test.log"))
    } else {
        logged(&mut terraform.command(&["validate", "-no-color"]), &data.join("validate.log"))
    }
}

/// Tests an environment, and checks the plan that its test produces for dead ends.
fn walk(terraform: &Terraform, data: &Path) -> Result<()> {
    let log = data.join("plans.log");
    let passed = logged(&mut terraform.command(&["test", "-json", "-verbose"]), &log);
    let text = std::fs::read_to_string(&log)?;
    let lines = text.lines().filter_map(|l| serde_json::from_str::<serde_json::Value>(l).ok());
    let lines: Vec<_> = lines.collect();
    if passed.is_err() {
        let errors = lines.iter().filter(|l| l["@level"] == "error");
        let errors: Vec<_> = errors.filter_map(|l| l["@message"].as_str()).collect();
        bail!("terraform test failed; see {}\n{}", log.display(), errors.join("\n"));
    }
    let whole = lines.into_iter().find(|l| l["type"] == "test_plan" && l["@testrun"] == WHOLE);
    let Some(whole) = whole else {
        bail!("no test run \"{WHOLE}\" that plans this environment; see {}", log.display());
    };
    let problems = dlq_coverage::problems(&whole["test_plan"]);
    if problems.is_empty() { Ok(()) } else { bail!("{}", problems.join("\n")) }
}
