//! `cargo xtask mutants`: plants bugs in the crates that keep messages and state, and says which the tests find.
//!
//! Each bug is a small edit of a copy of the checkout. A bug that no test finds is an error: the tests of that crate are
//! too weak. The tests need no emulator.

mod access;
mod binding;
mod list;
mod record;
mod restored;
mod trust;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::progress::{output, step};
use crate::{cargo, paths};
use access::ACCESS_BUGS;
use binding::BINDING;
use list::{MUTANTS, Mutant};
use record::RECORD;
use restored::RESTORED;
use trust::TRUST;

/// What the model test in memory runs through.
const MODELED: [&str; 4] =
    ["shared/messaging/", "shared/aws/outbox/", "shared/aws/ledger/", "shared/aws/bus/"];
/// The package of the model test, and its tests.
const MODEL: (&str, &str) = ("headgate-e2e", "binary(model) and test(/in_memory|committed_is/)");

/// Plants every bug whose name contains `filter`, one after the other, and prints a table. With `model`, only the model test runs.
pub fn mutants(filter: Option<&str>, model: bool) -> Result<()> {
    let all = every().filter(|m| !model || MODELED.iter().any(|folder| m.file.starts_with(folder)));
    let chosen: Vec<_> = all.filter(|m| filter.is_none_or(|f| m.name.contains(f))).collect();
    if chosen.is_empty() {
        bail!("no mutant has a name that contains `{}`", filter.unwrap_or_default());
    }
    let tree = paths::target().join("mutants");
    step("copying the checkout", || copy(&tree))?;
    let package = |m: &Mutant| if model { MODEL.0 } else { m.package };
    let only = model.then_some(MODEL.1);
    let mut packages: Vec<_> = chosen.iter().map(|m| package(m)).collect();
    packages.sort_unstable();
    packages.dedup();
    step("testing without a bug", || {
        if caught(&tree, &packages, only)? {
            bail!("the tests fail without a bug; run `cargo xtask test --quick` first");
        }
        Ok(())
    })?;
    let mut survived = Vec::new();
    for mutant in &chosen {
        let found = step(mutant.name, || planted(&tree, mutant, package(mutant), only))?;
        if !found {
            survived.push(mutant.name);
        }
    }
    println!("\n| bug | in | |\n|---|---|---|");
    for Mutant { name, file, .. } in &chosen {
        let result = if survived.contains(name) { "**survived**" } else { "caught" };
        println!("| {name} | `{file}` | {result} |");
    }
    println!("\n{} of {} caught", chosen.len() - survived.len(), chosen.len());
    if survived.is_empty() || model {
        Ok(())
    } else {
        bail!("no test finds: {}", survived.join("; "))
    }
}

/// All bugs.
fn every() -> impl Iterator<Item = &'static Mutant> {
    MUTANTS.iter().chain(&TRUST).chain(&BINDING).chain(&RESTORED).chain(&ACCESS_BUGS).chain(&RECORD)
}

/// Copies every file of the checkout that Git knows, and removes all others. Files that have not changed keep their time, so that
/// Cargo builds little again.
fn copy(tree: &Path) -> Result<()> {
    let listed = output(Command::new("git").current_dir(paths::root()).args(["ls-files", "-z"]))?;
    let names: BTreeSet<_> = listed.split('\0').filter(|name| !name.is_empty()).collect();
    remove_others(tree, tree, &names)?;
    for name in names {
        let (from, to) = (paths::root().join(name), tree.join(name));
        let Ok(text) = std::fs::read(&from) else { continue };
        if std::fs::read(&to).is_ok_and(|known| known == text) {
            continue;
        }
        std::fs::create_dir_all(to.parent().context("a file has a folder")?)?;
        std::fs::write(&to, text)?;
    }
    Ok(())
}

/// Removes the files that the checkout does not have any more: Cargo would take a source file that was moved for a second one.
fn remove_others(tree: &Path, folder: &Path, names: &BTreeSet<&str>) -> Result<()> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            remove_others(tree, &path, names)?;
        } else if path.strip_prefix(tree)?.to_str().is_none_or(|name| !names.contains(name)) {
            std::fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// Plants a bug, runs the tests, and removes the bug. Returns whether a test found it.
fn planted(tree: &Path, mutant: &Mutant, package: &str, only: Option<&str>) -> Result<bool> {
    let Mutant { name, file, find, replace, .. } = mutant;
    let path: PathBuf = tree.join(file);
    let sound = std::fs::read_to_string(&path)?;
    if sound.matches(find).count() != 1 {
        bail!(
            "{name}: {file} does not contain the text exactly once; adapt xtask/src/mutants/list.rs"
        );
    }
    std::fs::write(&path, sound.replace(find, replace))?;
    let result = caught(tree, &[package], only).with_context(|| format!("{name} proves nothing"));
    std::fs::write(&path, sound)?;
    result
}

/// Whether a test fails, of all or of those that `only` selects.
fn caught(tree: &Path, packages: &[&str], only: Option<&str>) -> Result<bool> {
    if !nextest(tree, packages, &["--no-run"]).status()?.success() {
        bail!("the tests do not compile");
    }
    let selected: Vec<_> = only.iter().flat_map(|only| ["--filterset", *only]).collect();
    Ok(!nextest(tree, packages, &selected).status()?.success())
}

fn nextest(tree: &Path, packages: &[&str], more: &[&str]) -> Command {
    let mut nextest = cargo::cargo(&["nextest", "run", "--cargo-profile", cargo::PROFILE]);
    nextest
        .args(cargo::selected(packages))
        .args(more)
        .current_dir(tree)
        // Not the folder of the checkout: Cargo takes the crates of the copy for those of the checkout, so a planted bug
        // could stay in its binaries.
        .env("CARGO_TARGET_DIR", paths::target().join("mutants-build"))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    nextest
}

#[cfg(test)]
mod tests {
    /// Code that moves takes its bugs along.
    #[test]
    fn every_bug_has_its_place() {
        let missing = super::every().filter_map(|mutant| {
            let path = crate::paths::root().join(mutant.file);
            let found = std::fs::read_to_string(path).map(|s| s.matches(mutant.find).count());
            (!matches!(found, Ok(1)))
                .then(|| format!("{}: {}: {found:?}", mutant.name, mutant.file))
        });
        assert_eq!(missing.collect::<Vec<_>>(), [""; 0], "adapt xtask/src/mutants");
    }
}
