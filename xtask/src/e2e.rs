//! The end-to-end suite, on an emulator of its own.

use std::process::Command;

use anyhow::Result;

use crate::emulator::Kind;
use crate::progress::shown;
use crate::stack::Stack;
use crate::{build, checks, paths, tools};

pub fn e2e(kind: Kind, filter: Option<&str>) -> Result<()> {
    checks::nextest()?;
    build::zips()?;
    let stack = Stack::new(kind, paths::home().join(format!("e2e-{}", kind.name())));
    stack.stop()?;
    let result = run(&stack, filter);
    stack.stop()?;
    result
}

fn run(stack: &Stack, filter: Option<&str>) -> Result<()> {
    let deployed = stack.launch(&[])?;
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(paths::root())
        .env("PATH", tools::path_with(&tools::tool_dir()))
        .args(["nextest", "run", "--package", "headgate-e2e", "--run-ignored", "only"])
        .args(["--profile", "e2e", "--no-fail-fast"]);
    stack.environment(&deployed, &mut cargo);
    // Two thousand schedules try the consumer, not the emulator, and their thousands of facts keep the
    // stories waiting there; what is timed there is Python.
    if stack.kind == Kind::Localstack {
        cargo.args(["--filterset", "not (binary(round_trip) or binary(model))"]);
    }
    if let Some(filter) = filter {
        cargo.arg(filter);
    }
    shown(&mut cargo)
}
