//! Computes reference values for the statistics tests with scipy and statsmodels. The values are
//! committed, so that the tests need neither package.

use std::process::Command;

use anyhow::Result;

use crate::progress::{output, step};
use crate::{paths, tools};

/// Writes `shared/evals/statistics/tests/reference.json`.
pub fn reference() -> Result<()> {
    let dir = paths::root().join("shared/evals/statistics/tests");
    let requirements = dir.join("requirements.txt");
    let venv = tools::install("venv-reference", 11, std::slice::from_ref(&requirements), |pip| {
        pip.args(["install", "-r"]).arg(&requirements);
    })?;
    step("computing the reference values", || {
        let values = output(Command::new(venv.join("bin/python")).arg(dir.join("reference.py")))?;
        std::fs::write(dir.join("reference.json"), values)?;
        Ok(())
    })
}
