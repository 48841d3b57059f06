//! Runs the end-to-end suite on a separate emulator.

use anyhow::{Result, bail};

use crate::emulator::Kind;
use crate::progress::shown;
use crate::recorded::{self, Recorded};
use crate::stack::Stack;
use crate::stages::{self, stage};
use crate::state::Deployed;
use crate::{build, cargo, contract, paths, tools};

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
        stories(stack, &deployed, recorded, filter)
    })
}

/// Deploys the fleet, and runs `other` meanwhile, because a deployment is mostly waiting.
pub fn deploy_beside(
    stack: &Stack,
    recorded: &Recorded,
    other: &dyn Fn() -> Result<()>,
) -> Result<Deployed> {
    let name = stack.kind.name();
    std::thread::scope(|scope| {
        let deploying =
            scope.spawn(|| stage(&format!("deploy to {name}"), || recorded.launch(stack)));
        let other = other();
        let deployed = deploying.join().unwrap_or_else(|_| bail!("the deployment panicked"));
        other.and(deployed)
    })
}

/// Returns the emulator that all stories share.
pub fn stack(kind: Kind) -> Stack {
    Stack::new(kind, paths::home().join(format!("e2e-{}", kind.name())))
}

/// Runs the stories, or those that match the filter.
pub fn stories(
    stack: &Stack,
    deployed: &Deployed,
    recorded: &Recorded,
    filter: Option<&str>,
) -> Result<()> {
    let name = stack.kind.name();
    let run = |suites: &str| tests(stack, deployed, recorded, suites);
    let light = format!("not ({HEAVY})");
    if let Some(filter) = filter {
        let suites = if stack.kind == Kind::Localstack { &light } else { "all()" };
        let wanted = format!("({suites}) and (binary(/{filter}/) or test(/{filter}/))");
        return stage(&format!("stories on {name}"), || run(&wanted));
    }
    stage(&format!("stories on {name}"), || run(&light))?;
    // The heavy suites and the contract are about our code, not about the emulator, so the faster one is enough.
    if stack.kind == Kind::Ministack {
        stage("model test, round trip", || run(HEAVY))?;
        stage("API contract", || contract::contract(stack, deployed))?;
    }
    Ok(())
}

/// Suites that run after all others. The model test's 2,000 schedules leave thousands of events on their way to the
/// timeline, which would delay the stories; the round trip is measured.
const HEAVY: &str = "binary(round_trip) or binary(model)";

fn tests(stack: &Stack, deployed: &Deployed, recorded: &Recorded, suites: &str) -> Result<()> {
    let mut nextest = cargo::cargo(&["nextest", "run", "--cargo-profile", cargo::PROFILE]);
    nextest
        .args(cargo::selected(&["headgate-e2e"]))
        .args(["--run-ignored", "only", "--profile", "e2e", "--no-fail-fast"])
        .args(["--filterset", suites])
        .env("HEADGATE_E2E_RECORDED_LOG", &recorded.log)
        .env("HEADGATE_E2E_RECORDED_KEY", &recorded.key);
    stack.environment(deployed, &mut nextest);
    shown(&mut nextest)
}
