//! `headgate apply`: applies exactly the approved plan file, once.
//!
//! ```text
//! copy plan file ─ terraform show ─ hash ─ request permit ─ verify permit ─ compare account
//!        │ use the permit, which locks the environment
//!        ▼
//! watchdog ┬ terraform apply COPY ─ heartbeat each minute
//!          │        │ ends, or is interrupted
//!          │        ▼
//!          │      report outcome and duration, release the lock
//!          └ if this process dies: wait for terraform to end, and report in its place
//! ```

mod copy;
mod ended;
mod permit;
mod run;
mod watchdog;

use std::path::Path;
use std::process::Command;

use headgate_domain::canonical::sha256_hex;
use headgate_domain::plan::Plan;
use headgate_events::PlanHash;
use serde_json::json;

use crate::api::Api;
use crate::args::{Apply, Global};
use crate::aws;
use crate::config::Config;
use crate::fail::Failure;
use crate::output;

pub(super) use permit::{PlanIdentity, ask, spend};
pub(super) use watchdog::watch;

pub(super) fn run(config: &Config, global: &Global, args: Apply) -> Result<(), Failure> {
    let program = program(&args);
    // Use only the copy from here on: another process may change the original file.
    let plan = copy::PlanCopy::of(&args.planfile)?;
    let command = plan.instead_of(&args.planfile, &args.command)?;
    let effect = PlanIdentity {
        hash: plan_hash(&program, plan.path())?,
        file_sha256: Some(sha256_hex(&super::read(plan.path())?)),
    };
    let account = aws::caller_account()?;
    let api = Api::connect(config, global)?;
    let permit = ask(&api, &args.change, &effect)?;
    let region = permit::check(&api, &permit, &args.change, &effect, &account)?;
    // Start these before the permit is used: once it is used, the outcome must be reported.
    let signals = run::Signals::catch()?;
    let watchdog = watchdog::Watchdog::start(global, &args.change, permit.id(), plan.path())?;
    if let Err(failure) =
        spend(&api, &args.change, (permit.id(), permit.token()), &effect, &account)
    {
        // A refused permit is not used. Without an answer it may be used, so the watchdog stays and reports a
        // failed apply.
        if !matches!(failure, Failure::Unavailable(_)) {
            watchdog.dismiss();
        }
        return Err(failure);
    }
    Failure::Refused(format!("used permit {}; {} is locked", permit.id(), permit.environment))
        .warn();
    let ended =
        run::to_its_end(&api, (&args.change, permit.id()), &command, &region, &watchdog, signals);
    watchdog.tell_end(&ended);
    let attempts = permit::REPORTS;
    permit::report(&api, &args.change, permit.id(), &ended, &args.verification, attempts)?;
    watchdog.dismiss();
    if global.json {
        output::json(&json!({
            "change_id": args.change, "permit_id": permit.id(), "outcome": ended.outcome(),
            "duration_ms": ended.duration_ms(), "exit": ended.said(),
        }));
    } else {
        output::line(format!("{}: {}; reported", args.change, ended.said()));
    }
    if ended.succeeded() {
        return Ok(());
    }
    Err(Failure::Refused(format!("the apply failed ({}); reported as failed", ended.said())))
}

/// The program that reads the plan file: `--terraform`, else the command's own program if it is Terraform or
/// OpenTofu, else `terraform`.
fn program(args: &Apply) -> String {
    let first = args.command.first().map(String::as_str).unwrap_or_default();
    let name = Path::new(first).file_name().and_then(|n| n.to_str()).unwrap_or_default();
    match &args.terraform {
        Some(program) => program.clone(),
        None if matches!(name, "terraform" | "tofu") => first.to_owned(),
        None => "terraform".to_owned(),
    }
}

/// The hash of a plan file's effect, from the output of `show -json`.
fn plan_hash(program: &str, plan: &Path) -> Result<PlanHash, Failure> {
    let shown = Command::new(program)
        .args(["show", "-json", "-no-color"])
        .arg(plan)
        .env_remove("HEADGATE_TOKEN")
        .output()
        .map_err(|e| {
            Failure::Usage(format!("cannot start {program}: {e}; check PATH, or set --terraform"))
        })?;
    if !shown.status.success() {
        let said = String::from_utf8_lossy(&shown.stderr);
        let said = said.lines().find(|l| l.contains("Error")).unwrap_or("no reason given");
        let said = said.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        return Err(Failure::Usage(format!("{program} cannot read the plan file: {said}")));
    }
    let plan = Plan::parse(&shown.stdout).map_err(Failure::usage)?;
    plan.hash().map_err(Failure::usage)
}
