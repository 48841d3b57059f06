//! The commands, one module each.

mod access;
mod apply;
mod change;
mod decide;
mod delegation;
mod dlq;
mod engagement;
mod environments;
mod eval;
mod evidence;
mod interrupt;
mod keys;
mod log;
mod permit;
mod plan;
mod release;
mod review;
mod scan;
mod standing;
mod submit;
mod survey;
mod timeline;
mod verify;
mod watch;
mod webhook;

use headgate_events::{PlanHash, VoteKind};

use crate::args::{Change, Cli, Command};
use crate::config::Config;
use crate::fail::Failure;

/// Runs a command.
///
/// # Errors
/// [`Failure`], which determines the exit code.
pub fn run(cli: Cli) -> Result<(), Failure> {
    let Cli { global, command } = cli;
    // An offline review needs no configuration, so an invalid configuration file must not stop it.
    let command = match command {
        Command::Review(args) if args.replay.is_none() => return review::run(&global, args),
        command => command,
    };
    let config = Config::load(&global)?;
    match command {
        Command::Review(args) => review::replay(&config, &global, args),
        Command::Scan(args) => scan::run(&config, &global, args),
        Command::Change(Change::Submit(args)) => submit::submit(&config, &global, &args),
        Command::Change(Change::Report(args)) => submit::report(&config, &global, args),
        Command::Change(Change::Show { change }) => change::show(&config, &global, &change),
        Command::Change(Change::Attestation { change, out }) => {
            change::attestation(&config, &global, &change, out.as_deref())
        }
        Command::Change(Change::Evidence { change, to }) => {
            evidence::run(&config, &global, &change, &to)
        }
        Command::Change(Change::List { engagement, page }) => {
            change::list(&config, &global, engagement.as_ref(), &page)
        }
        Command::Change(Change::Watch { change, until, timeout }) => {
            watch::watch(&config, &global, &change, &until, timeout)
        }
        Command::Engagement(args) => engagement::run(&config, &global, args),
        Command::Interrupt(args) => interrupt::run(&config, &global, args),
        Command::Survey(args) => survey::run(&config, &global, args),
        Command::Environments => environments::list(&config, &global),
        Command::Approve(vote) => decide::vote(&config, &global, VoteKind::Approve, vote),
        Command::Reject(vote) => decide::vote(&config, &global, VoteKind::Reject, vote),
        Command::Revise(vote) => decide::vote(&config, &global, VoteKind::Revise, vote),
        Command::Withdraw { change } => decide::withdraw(&config, &global, &change),
        Command::Delegation(args) => delegation::run(&config, &global, args),
        Command::Apply(args) => apply::run(&config, &global, args),
        Command::Release(args) => release::run(&config, &global, args),
        Command::ApplyWatchdog(args) => apply::watch(&config, &global, &args),
        Command::Permit(args) => permit::run(&config, &global, args),
        Command::Timeline(args) => timeline::run(&config, &global, args),
        Command::Log(args) => log::run(&config, &global, args),
        Command::Verify(args) => verify::run(&config, &global, &args),
        Command::Dlq(args) => dlq::run(&config, &global, args),
        Command::Eval(args) => eval::run(&config, &global, args),
        Command::Standing(args) => standing::run(&config, &global, args),
        Command::ModelKey(args) => eval::model_key(&global, args),
        Command::Keys(args) => keys::keys(&global, args),
        Command::Webhook(args) => webhook::run(&global, args),
        Command::Token(args) => keys::token(&global, args),
    }
}

/// Reads a file named on the command line.
fn read(path: &std::path::Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|e| Failure::Usage(format!("{}: {e}", path.display())))
}

/// Writes JSON for other tools to a file that the command line names, or prints it. Returns whether a file was written.
fn write_or_print(
    value: &impl serde::Serialize,
    out: Option<&std::path::Path>,
) -> Result<bool, Failure> {
    let Some(out) = out else {
        crate::output::json(value);
        return Ok(false);
    };
    let text = serde_json::to_vec(value).map_err(Failure::unavailable)?;
    std::fs::write(out, text).map_err(|e| Failure::Usage(format!("{}: {e}", out.display())))?;
    Ok(true)
}

/// The hash of a plan, from the output of `terraform show -json`.
fn plan_hash(path: &std::path::Path) -> Result<PlanHash, Failure> {
    let plan = headgate_domain::plan::Plan::parse(&read(path)?)
        .map_err(|e| Failure::Usage(format!("{}: {e}", path.display())))?;
    Ok(plan.hash().clone())
}
