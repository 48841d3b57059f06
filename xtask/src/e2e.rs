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
        .args(["--profile", "e2e", "--no-fail-fast"])
        .env("HEADGATE_E2E", stack.config_file())
        .env("HEADGATE_E2E_EMULATOR", stack.kind.name())
        .env("AWS_ENDPOINT_URL", &deployed.endpoint)
        .env("AWS_ACCESS_KEY_ID", "test")
        .env("AWS_SECRET_ACCESS_KEY", "test")
        .env("AWS_REGION", "us-east-1")
        .env_remove("AWS_PROFILE");
    // What is timed there is moto: it copies whole tables for every transaction (localstack/README.md).
    if stack.kind == Kind::Localstack {
        cargo.args(["--filterset", "not binary(round_trip)"]);
    }
    if let Some(filter) = filter {
        cargo.arg(filter);
    }
    shown(&mut cargo)
}
