//! Runs the end-to-end suite on a separate emulator.

use anyhow::{Result, bail};

use crate::emulator::Kind;
use crate::progress::shown;
use crate::recorded::{self, Recorded};
use crate::stack::Stack;
use crate::stages::{self, stage};
use crate::state::Deployed;
use crate::{build, cargo, contract, iam, paths, tools};

/// Runs all stories, or those that match the filter.
pub fn e2e(kind: Kind, filter: Option<&str>) -> Result<()> {
    let result = run(kind, filter);
    stages::print();
    result
}

fn run(kind: Kind, filter: Option<&str>) -> Result<()> {
    tools::venv()?;
    tools::verifiers()?;
    stage("build", build::zips)?;
    recorded::with_models(stack(kind), |stack, recorded| {
        let deployed = deploy(stack, recorded)?;
        stories(stack, &deployed, recorded, filter)?;
        // These are about our code, not about the emulator, so the faster one is enough.
        if kind == Kind::Ministack && filter.is_none() {
            model(stack, &deployed, recorded)?;
            last(stack, &deployed, recorded)?;
            contract(stack, &deployed)?;
        }
        Ok(())
    })
}

/// Deploys the fleet.
pub fn deploy(stack: &Stack, recorded: &Recorded) -> Result<Deployed> {
    stage(&format!("deploy to {}", stack.kind.name()), || recorded.launch(stack))
}

/// Deploys the fleet, and runs `other` meanwhile, because a deployment is mostly waiting.
pub fn deploy_beside(
    stack: &Stack,
    recorded: &Recorded,
    other: &dyn Fn() -> Result<()>,
) -> Result<Deployed> {
    beside(&|| deploy(stack, recorded), other)
}

/// Deploys the fleet and runs all stories, and runs `other` meanwhile, because stories mostly wait, too.
pub fn stories_beside(
    stack: &Stack,
    recorded: &Recorded,
    other: &dyn Fn() -> Result<()>,
) -> Result<Deployed> {
    let told = || {
        let deployed = deploy(stack, recorded)?;
        stories(stack, &deployed, recorded, None)?;
        Ok(deployed)
    };
    beside(&told, other)
}

fn beside(
    deploy: &(dyn Fn() -> Result<Deployed> + Sync),
    other: &dyn Fn() -> Result<()>,
) -> Result<Deployed> {
    std::thread::scope(|scope| {
        let deploying = scope.spawn(deploy);
        let other = other();
        let deployed = deploying.join().unwrap_or_else(|_| bail!("a stage panicked"));
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
    let mut light = format!("not ({MODEL} or {LAST})");
    if stack.kind == Kind::Localstack {
        // It neither enforces policies nor restores tables.
        light.push_str(" and not test(/^(policies|fleet_roles|restored|scoped)::/)");
    }
    let suites = match filter {
        None => light,
        Some(filter) => {
            let suites = if stack.kind == Kind::Localstack { &light } else { "all()" };
            // The names of stories begin with the name of their file. nextest refuses a pattern that no program matches.
            let chosen = match filter {
                "model" => "binary(model)".to_owned(),
                story => format!("test(/{story}/)"),
            };
            format!("({suites}) and {chosen}")
        }
    };
    stage(&format!("stories on {name}"), || tests(stack, deployed, recorded, &suites))?;
    stage("policies", || iam::check(stack, filter.is_none()))
}

/// Runs the model test, after all stories. Its schedules leave many events on their way to the timeline, which would delay them.
pub fn model(stack: &Stack, deployed: &Deployed, recorded: &Recorded) -> Result<()> {
    stage("model", || tests(stack, deployed, recorded, MODEL))
}

/// Runs what comes last, and alone: the round trip is timed, and an old build beside the new one delays every timeline.
pub fn last(stack: &Stack, deployed: &Deployed, recorded: &Recorded) -> Result<()> {
    stage("upgrade, round trip", || tests(stack, deployed, recorded, LAST))
}

/// Holds the API to `openapi.json`, after all stories.
pub fn contract(stack: &Stack, deployed: &Deployed) -> Result<()> {
    stage("API contract", || contract::contract(stack, deployed))?;
    stage("policies", || iam::check(stack, true))
}

const MODEL: &str = "binary(model)";
const LAST: &str = "binary(last)";

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
