//! The end-to-end suite, on an emulator of its own.

use std::process::Command;

use anyhow::Result;

use crate::emulator::Kind;
use crate::progress::shown;
use crate::recorded::{self, Recorded};
use crate::stack::Stack;
use crate::{build, checks, paths, tools};

pub fn e2e(kind: Kind, filter: Option<&str>) -> Result<()> {
    checks::nextest()?;
    build::zips()?;
    let dir = paths::home().join(format!("e2e-{}", kind.name()));
    recorded::with_models(Stack::new(kind, dir), |stack, recorded| run(stack, recorded, filter))
}

fn run(stack: &Stack, recorded: &Recorded, filter: Option<&str>) -> Result<()> {
    let deployed = recorded.launch(stack)?;
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(paths::root())
        .env("PATH", tools::path_with(&tools::tool_dir()))
        .args(["nextest", "run", "--package", "headgate-e2e", "--run-ignored", "only"])
        .args(["--profile", "e2e", "--no-fail-fast"])
        .env("HEADGATE_E2E_RECORDED_LOG", &recorded.log)
        .env("HEADGATE_E2E_RECORDED_KEY", &recorded.key);
    stack.environment(&deployed, &mut cargo);
    // Two thousand schedules try the consumer, not the emulator, and their thousands of facts keep the
    // stories waiting there; what is timed there is Python.
    let mut wanted = Vec::new();
    if stack.kind == Kind::Localstack {
        wanted.push("not (binary(round_trip) or binary(model))".to_owned());
    }
    if let Some(filter) = filter {
        wanted.push(format!("(binary(/{filter}/) or test(/{filter}/))"));
    }
    if !wanted.is_empty() {
        cargo.args(["--filterset", &wanted.join(" and ")]);
    }
    shown(&mut cargo)
}
