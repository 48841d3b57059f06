//! `headgate apply`: applies exactly the approved plan file, once.
//!
//! ```text
//! copy plan file ─ copy and check each local file ─ terraform init ─ terraform show ─ hash ─ request permit
//!        │ verify permit, compare account and local files ─ compare the state
//!        │ use the permit, which locks the environment
//!        ▼
//! watchdog ┬ terraform apply COPY ─ heartbeat each minute
//!          │        │ ends, or is interrupted
//!          │        ▼
//!          │      report outcome and duration, release the lock
//!          └ if this process dies: wait for terraform to end, and report in its place
//! ```

mod ended;
mod permit;
mod run;
mod state;
mod watchdog;

use std::path::Path;
use std::process::Command;

use headgate_domain::canonical::sha256_hex;
use headgate_domain::plan::Plan;
use headgate_events::PlanHash;
use headgate_plan_file::{PlanFile, previous_state};
use serde_json::json;

use crate::api::Api;
use crate::args::{Apply, Global};
use crate::aws;
use crate::config::Config;
use crate::fail::Failure;
use crate::folder::{Folder, PlanCopy, Private, close};
use crate::output;

pub(super) use permit::{PlanIdentity, ask, shown, spend};
pub(super) use watchdog::watch;

pub(super) fn run(config: &Config, global: &Global, args: Apply) -> Result<(), Failure> {
    let program = program(&args);
    let folder = Folder::at(args.dir.as_deref(), args.root.as_deref())?;
    config.not_from(&folder)?;
    // Use only the copy from here on: another process may change the original file.
    let plan = PlanCopy::of(&args.planfile)?;
    let command = plan.instead_of(&args.planfile, &args.command)?;
    let bytes = super::read(&plan.path())?;
    let contents = PlanFile::read(&bytes).map_err(Failure::usage)?;
    let account = aws::caller_account()?;
    let api = Api::connect(config, global)?;
    let change = shown(&api, &args.change)?;
    let file_sha256 = sha256_hex(&bytes);
    // Before Terraform reads it: a plan file can make it run something.
    permit::same_file(&change, &file_sha256)?;
    let named = permit::files(&api, &change)?;
    // Terraform runs only in the private folder: what it reads there, its lock file for one, is what was proposed.
    let private = Private::copy(plan.top(), &folder, &named.list, &contents)?;
    private.install(&program)?;
    let command = private.found(command)?;
    let effect = PlanIdentity {
        hash: plan_hash(&program, &plan.path(), private.dir())?,
        file_sha256: Some(file_sha256),
    };
    let permit = ask(&api, &change.change, &effect)?;
    let claims = permit::check(&api, &permit, &args.change, &effect, &account)?;
    if claims.files_sha256 != named.sha256 {
        return Err(Failure::Refused(
            "the permit is for other local files than the change names now; nothing was applied. Try again".into(),
        ));
    }
    let planned = previous_state(&bytes).map_err(Failure::usage)?;
    state::check(&program, private.dir(), &planned)?;
    // Start these before the permit is used: once it is used, the outcome must be reported.
    let signals = run::Signals::catch()?;
    let watchdog = watchdog::Watchdog::start(global, &args.change, permit.id(), plan.top())?;
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
    let apply = run::Apply { command: &command, dir: private.dir(), region: &claims.region };
    let ended = run::to_its_end(&api, (&args.change, permit.id()), &apply, &watchdog, signals);
    watchdog.tell_end(&ended);
    let attempts = permit::REPORTS;
    // The report comes first: the environment is locked until then.
    let reported =
        permit::report(&api, &args.change, permit.id(), &ended, &args.verification, attempts);
    if let Err(failure) = close(plan.top()) {
        failure.warn();
        plan.keep();
    }
    reported?;
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

/// The hash of a plan, from the output of `show -json` for its plan file.
fn plan_hash(program: &str, plan: &Path, dir: &Path) -> Result<PlanHash, Failure> {
    let shown = Command::new(program)
        .args(["show", "-json", "-no-color"])
        .arg(plan)
        .current_dir(dir)
        .env_remove("TF_DATA_DIR")
        .env_remove("HEADGATE_TOKEN")
        .output()
        .map_err(|e| {
            Failure::Usage(format!("cannot start {program}: {e}; check PATH, or set --terraform"))
        })?;
    if !shown.status.success() {
        let said = terraform_said(&shown.stderr);
        return Err(Failure::Usage(format!("{program} cannot read the plan file: {said}")));
    }
    let plan = Plan::parse(&shown.stdout).map_err(Failure::usage)?;
    Ok(plan.hash().clone())
}

/// The line in which Terraform names an error, without its frame.
fn terraform_said(stderr: &[u8]) -> String {
    let said = String::from_utf8_lossy(stderr);
    let said = said.lines().find(|l| l.contains("Error")).unwrap_or("no reason given");
    said.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned()
}
