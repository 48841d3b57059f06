//! `headgate apply`: applies exactly the approved plan file, once.
//!
//! ```text
//! copy plan file ─ request permit ─ verify it, compare account and local files
//!        │ copy and check each local file ─ terraform init ─ terraform show, compare the plan ─ compare the state
//!        │ use the permit, which locks the environment
//!        ▼
//! watchdog ┬ terraform apply COPY ─ heartbeat each minute
//!          │        │ ends, or is interrupted
//!          │        ▼
//!          │      report outcome and duration, release the lock
//!          └ if this process dies: wait for terraform to end, and report in its place
//! ```

mod credentials;
mod ended;
mod permit;
mod run;
mod server;
mod state;
mod watchdog;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use headgate_domain::canonical::sha256_hex;
use headgate_domain::plan::Plan;
use headgate_events::PlanHash;
use headgate_plan_file::{PlanFile, planned_state};
use serde_json::json;

use credentials::Vended;
use ended::Ended;

use crate::api::Api;
use crate::args::{Apply, Global};
use crate::config::Config;
use crate::fail::Failure;
use crate::folder::{Folder, PlanCopy, Private, Setup, clean, close};
use crate::output;

pub(super) use credentials::{as_process, fetch};
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
    let api = Api::connect(config, global)?;
    let change = shown(&api, &args.change)?;
    // Nothing of the plan runs before a permit says that it is approved: its lock file and its backend can name programs.
    let mut effect = PlanIdentity {
        hash: change.review.as_ref().map(|review| review.plan_hash.clone()).unwrap_or_default(),
        file_sha256: Some(sha256_hex(&bytes)),
    };
    let permit = ask(&api, &change.change, &effect)?;
    let claims = permit::check(&api, &permit, &args.change, &effect)?;
    // Where the fleet gives credentials, the executor needs none of its own that can write.
    let account = if permit.gives_credentials() {
        claims.account.clone()
    } else {
        permit::own_account(&claims)?
    };
    let named = permit::files(&api, &change)?;
    if claims.files_sha256 != named.sha256 {
        return Err(Failure::Refused(
            "the permit is for other local files than the change names now; nothing was applied. Try again".into(),
        ));
    }
    let private = Private::copy(plan.top(), &folder, &named.list, &contents)?;
    let command = private.found(command)?;
    let setup = Setup::new(plan.top(), &program, &contents, private.local_state())?;
    private.link(&setup.providers())?;
    let workspace = &contents.state.workspace;
    let (shown_hash, explained) = read_plan(&program, &plan.path(), private.dir(), workspace)?;
    if shown_hash != effect.hash {
        // Asked for with the hash of this plan, a permit is refused, and the attempt is on the timeline.
        effect.hash = shown_hash;
        ask(&api, &change.change, &effect)?;
        return Err(Failure::Refused(
            "the plan file does not show the plan that was approved; nothing was applied".into(),
        ));
    }
    let planned = planned_state(&bytes).map_err(Failure::usage)?;
    state::check(&setup.state()?, &planned, &explained)?;
    let server = permit.gives_credentials().then(server::Server::start).transpose()?;
    // Start these before the permit is used: once it is used, the outcome must be reported.
    let signals = run::Signals::catch()?;
    let watchdog = watchdog::Watchdog::start(global, &args.change, permit.id(), plan.top())?;
    let used = match spend(&api, &args.change, (permit.id(), permit.token()), &effect, &account) {
        Ok(used) => used.value,
        Err(failure) => {
            // A refused permit is not used. Without an answer it may be used, so the watchdog stays and reports a
            // failed apply.
            if !matches!(failure, Failure::Unavailable(_)) {
                watchdog.dismiss();
            }
            return Err(failure);
        }
    };
    let given = used.credentials.map(|given| Vended::new(&api, (&args.change, permit.id()), given));
    let vended = server.zip(given);
    Failure::Refused(format!("used permit {}; {} is locked", permit.id(), permit.environment))
        .warn();
    let apply = run::Apply {
        command: &command,
        dir: private.dir(),
        region: &claims.region,
        workspace,
        vended: vended.as_ref(),
    };
    let ended = if permit.gives_credentials() && vended.is_none() {
        Ended::told(false, "the fleet gave no credentials".to_owned(), Duration::ZERO)
    } else {
        run::to_its_end(&api, (&args.change, permit.id()), &apply, &watchdog, signals)
    };
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

/// The hash of a plan, from the output of `show -json` for its plan file, and the objects that may be missing in its state.
fn read_plan(
    program: &str,
    plan: &Path,
    dir: &Path,
    workspace: &str,
) -> Result<(PlanHash, Vec<String>), Failure> {
    let mut show = Command::new(program);
    show.args(["show", "-json", "-no-color"]).arg(plan).current_dir(dir);
    clean(&mut show, workspace);
    let shown = show.output().map_err(|e| {
        Failure::Usage(format!("cannot start {program}: {e}; check PATH, or set --terraform"))
    })?;
    if !shown.status.success() {
        let said = terraform_said(&shown.stderr);
        return Err(Failure::Usage(format!("{program} cannot read the plan file: {said}")));
    }
    let plan = Plan::parse(&shown.stdout).map_err(Failure::usage)?;
    Ok((plan.hash().clone(), plan.moved_or_gone()))
}

/// The line in which Terraform names an error, without its frame.
fn terraform_said(stderr: &[u8]) -> String {
    let said = String::from_utf8_lossy(stderr);
    let said = said.lines().find(|l| l.contains("Error")).unwrap_or("no reason given");
    said.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned()
}
