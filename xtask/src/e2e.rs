//! Runs the end-to-end suite on a separate emulator.

use anyhow::{Result, bail};

use crate::emulator::Kind;
use crate::progress::shown;
use crate::recorded::{self, Recorded};
use crate::stack::Stack;
use crate::stages::{self, stage};
use crate::state::Deployed;
use crate::{build, cargo, paths, tools};

/// Runs all stories, or those that match the filter.
pub fn e2e(kind: Kind, filter: Option<&str>) -> Result<()> {
    let result = run(kind, filter);
    stages::print();
    result
}

fn run(kind: Kind, filter: Option<&str>) -> Result<()> {
    tools::venv()?;
    stage("build", build::zips)?;
    let name = kind.name();
    recorded::with_models(stack(kind), |stack, recorded| {
        let deployed = stage(&format!("deploy to {name}"), || recorded.launch(stack))?;
        stage(&format!("stories on {name}"), || stories(stack, &deployed, recorded, filter))
    })
}

/// Runs all stories. Runs `other` while the fleet is being deployed, because a deployment is mostly waiting.
pub fn beside(kind: Kind, other: impl FnOnce() -> Result<()>) -> Result<()> {
    let name = kind.name();
    recorded::with_models(stack(kind), |stack, recorded| {
        let deployed = std::thread::scope(|scope| {
            let deploying =
                scope.spawn(|| stage(&format!("deploy to {name}"), || recorded.launch(stack)));
            let other = other();
            let deployed = deploying.join().unwrap_or_else(|_| bail!("the deployment panicked"));
            other.and(deployed)
        })?;
        stage(&format!("stories on {name}"), || stories(stack, &deployed, recorded, None))
    })
}

fn stack(kind: Kind) -> Stack {
    Stack::new(kind, paths::home().join(format!("e2e-{}", kind.name())))
}

fn stories(
    stack: &Stack,
    deployed: &Deployed,
    recorded: &Recorded,
    filter: Option<&str>,
) -> Result<()> {
    let mut nextest = cargo::cargo(&["nextest", "run", "--cargo-profile", cargo::PROFILE]);
    nextest
        .args(cargo::selected(&["headgate-e2e"]))
        .args(["--run-ignored", "only", "--profile", "e2e", "--no-fail-fast"])
        .env("HEADGATE_E2E_RECORDED_LOG", &recorded.log)
        .env("HEADGATE_E2E_RECORDED_KEY", &recorded.key);
    stack.environment(deployed, &mut nextest);
    // Skip two suites on LocalStack. The model test's 2,000 schedules test the consumer, not the emulator,
    // and their thousands of events would delay the stories. The timed story would measure the emulator's
    // Python code.
    let mut wanted = Vec::new();
    if stack.kind == Kind::Localstack {
        wanted.push("not (binary(round_trip) or binary(model))".to_owned());
    }
    if let Some(filter) = filter {
        wanted.push(format!("(binary(/{filter}/) or test(/{filter}/))"));
    }
    if !wanted.is_empty() {
        nextest.args(["--filterset", &wanted.join(" and ")]);
    }
    shown(&mut nextest)
}
