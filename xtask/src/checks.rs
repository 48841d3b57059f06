//! `cargo xtask test`.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::deploy::Terraform;
use crate::emulator::Kind;
use crate::progress::{logged, shown, step};
use crate::{dead_ends, e2e, paths, tools};

/// Pinned, because a new release may know new advisories but must not change what is checked.
const CARGO_DENY: (&str, &str) = ("cargo-deny", "0.19.0");
/// Run of an environment's tests that plans all of it.
const WHOLE: &str = "the_whole_fleet";
const CARGO_NEXTEST: (&str, &str) = ("cargo-nextest", "0.9.143");

pub fn test(quick: bool) -> Result<()> {
    tools::terraform()?;
    tools::python(10)?;
    nextest()?;
    cargo("rustfmt", &["fmt", "--all", "--check"], &[])?;
    cargo(
        "clippy",
        &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"],
        &[],
    )?;
    cargo(
        "rustdoc",
        &["doc", "--workspace", "--no-deps", "--document-private-items", "--quiet"],
        &[("RUSTDOCFLAGS", "-D warnings")],
    )?;
    cargo("unit, property and golden tests", &["nextest", "run", "--workspace"], &[])?;
    cargo("documentation tests", &["test", "--workspace", "--doc", "--quiet"], &[])?;
    terraform()?;
    if quick { Ok(()) } else { e2e::e2e(Kind::Ministack, None) }
}

/// The test runner.
pub fn nextest() -> Result<()> {
    tools::cargo_tool(CARGO_NEXTEST.0, CARGO_NEXTEST.1)
}

/// `cargo deny`: licences, sources, banned crates; and advisories, where the database can be had.
pub fn deny() -> Result<()> {
    tools::cargo_tool(CARGO_DENY.0, CARGO_DENY.1)?;
    cargo("cargo deny", &["deny", "check", "bans", "licenses", "sources"], &[])?;
    // The advisory database is a git repository: a machine that reaches only registries has none.
    if cargo("cargo deny: fetch advisories", &["deny", "fetch", "db"], &[]).is_err() {
        eprintln!("!! the advisory database cannot be fetched here; advisories are not checked");
        return Ok(());
    }
    cargo("cargo deny: advisories", &["deny", "check", "advisories"], &[])
}

pub fn schemas() -> Result<()> {
    let update = [("HEADGATE_UPDATE", "1")];
    cargo(
        "schemas",
        &["test", "--quiet", "--package", "headgate-events", "--test", "contract"],
        &update,
    )
}

fn cargo(name: &str, args: &[&str], envs: &[(&str, &str)]) -> Result<()> {
    eprintln!("── {name}");
    let mut command = Command::new("cargo");
    command
        .current_dir(paths::root())
        .env("PATH", tools::path_with(&tools::tool_dir()))
        .args(args)
        .envs(envs.iter().copied());
    shown(&mut command)
}

/// Format, validity and tests of every module and root.
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
    for group in ["modules", "environments"] {
        for entry in std::fs::read_dir(dir.join(group))? {
            folders.push(entry?.path());
        }
    }
    folders.push(paths::root().join("examples"));
    folders.sort();
    for folder in folders {
        let name = folder.strip_prefix(paths::root())?.display().to_string();
        step(&format!("terraform validate, test: {name}"), || check(&folder, &data, &name))?;
    }
    Ok(())
}

fn check(folder: &Path, data: &Path, name: &str) -> Result<()> {
    let data = data.join(name.replace('/', "-"));
    let terraform = Terraform::new(folder, &data, None)?;
    let init = ["init", "-backend=false", "-input=false", "-no-color"];
    logged(&mut terraform.command(&init), &data.join("init.log"))?;
    logged(&mut terraform.command(&["validate", "-no-color"]), &data.join("validate.log"))?;
    if folder.join("tests").is_dir() {
        logged(&mut terraform.command(&["test", "-no-color"]), &data.join("test.log"))?;
    }
    if name.starts_with("terraform/environments/") {
        walk(&terraform, &data)?;
    }
    Ok(())
}

/// Walks the plan of an environment, as its test makes it.
fn walk(terraform: &Terraform, data: &Path) -> Result<()> {
    let log = data.join("plans.log");
    logged(&mut terraform.command(&["test", "-json", "-verbose"]), &log)?;
    let text = std::fs::read_to_string(&log)?;
    let lines = text.lines().filter_map(|l| serde_json::from_str::<serde_json::Value>(l).ok());
    let whole = lines.into_iter().find(|l| l["type"] == "test_plan" && l["@testrun"] == WHOLE);
    let Some(whole) = whole else {
        bail!("this environment has no run \"{WHOLE}\" that plans; see {}", log.display());
    };
    let problems = dead_ends::problems(&whole["test_plan"]);
    if problems.is_empty() { Ok(()) } else { bail!("{}", problems.join("\n")) }
}
