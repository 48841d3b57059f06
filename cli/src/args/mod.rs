//! The command line: commands, arguments and options.

mod apply;
mod change;
mod engagement;
mod eval;
mod operate;
mod record;
mod review;
mod scan;
mod secrets;
mod vote;
mod webhook;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use headgate_events::ChangeId;

pub(crate) use apply::{Apply, Permit, Release, Watchdog};
pub(crate) use change::{Change, LaneArg, Report, Submit};
pub(crate) use engagement::{
    At, Create, Engagement, Interrupt, Made, Note, PhaseVote, Report as PhaseReport, Survey, WayOn,
};
pub(crate) use eval::{Eval, EvalFormat, EvalRun, ModelKey, Standing};
pub(crate) use operate::{Dlq, DlqAction};
pub(crate) use record::{KeyArg, Log, LogArgs, Timeline, Verify};
pub(crate) use review::{Format, Review};
pub(crate) use scan::{Scan, TerraformChecks, Upload as ScanUpload};
pub(crate) use secrets::{Keys, Token};
pub(crate) use vote::{Ballot, Delegate, Delegation, Vote};
pub(crate) use webhook::Webhook;

/// Headgate: propose changes to AWS, review and approve them, and apply them.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Print JSON instead of tables
    #[arg(long, global = true)]
    pub json: bool,
    /// Use the token of a local principal, from `token_dir` in the configuration file
    #[arg(long = "as", global = true, value_name = "NAME")]
    pub principal: Option<String>,
    /// Configuration file [default: nearest .headgate/local.json]
    #[arg(long, global = true, env = "HEADGATE_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// Which part of a list.
#[derive(Debug, Args)]
pub(crate) struct Page {
    /// Maximum number of entries, 1 to 100
    #[arg(long, default_value_t = 20)]
    limit: u32,
    /// Cursor from the previous page
    #[arg(long)]
    cursor: Option<String>,
}

impl Page {
    /// The parameters of the request.
    pub(crate) fn query(&self) -> String {
        let cursor = self.cursor.as_ref().map(|c| format!("&cursor={c}")).unwrap_or_default();
        format!("limit={}{cursor}", self.limit)
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Review a plan on this machine, without a fleet or an AWS account
    Review(Review),
    /// Upload results of other scanners
    #[command(subcommand)]
    Scan(Scan),
    /// Propose changes and follow them
    #[command(subcommand)]
    Change(Change),
    /// Run engagements, the pieces of work that changes belong to, through their phases
    #[command(subcommand)]
    Engagement(Engagement),
    /// Ask and answer the questions of agents
    #[command(subcommand)]
    Interrupt(Interrupt),
    /// Say how an engagement went
    #[command(subcommand)]
    Survey(Survey),
    /// Vote for a change
    Approve(Vote),
    /// Vote against a change
    Reject(Vote),
    /// Send a change back to its proposer
    Revise(Vote),
    /// Withdraw your vote before the decision
    Withdraw {
        /// Id of the change
        change: ChangeId,
    },
    /// List the environments of the fleet: account, region, gate, windows
    Environments,
    /// Let someone else vote on your behalf for a limited time
    #[command(subcommand)]
    Delegation(Delegation),
    /// Apply an approved plan file once, under a lock, and report the outcome
    Apply(Apply),
    /// End an apply that nobody will report, so that the environment can be used again
    Release(Release),
    /// Report the outcome of an apply whose process died
    #[command(hide = true)]
    ApplyWatchdog(Watchdog),
    /// Request and use permits to apply
    #[command(subcommand)]
    Permit(Permit),
    /// Print, export or verify the timeline of an engagement
    #[command(subcommand)]
    Timeline(Timeline),
    /// Audit the transparency log, and manage its key
    #[command(subcommand)]
    Log(Log),
    /// Check a receipt offline: that an entry is in the transparency log
    Verify(Verify),
    /// Inspect, redrive or discard quarantined messages
    #[command(subcommand)]
    Dlq(Dlq),
    /// Evaluate models and compare them
    #[command(subcommand)]
    Eval(Eval),
    /// Show the standing of models, and promote them
    #[command(subcommand)]
    Standing(Standing),
    /// Manage the keys of model providers
    #[command(subcommand)]
    ModelKey(ModelKey),
    /// Manage the keys that sign permits (needs AWS credentials for the secret)
    #[command(subcommand)]
    Keys(Keys),
    /// Manage webhooks for approval requests and decisions (needs AWS credentials for the secret)
    #[command(subcommand)]
    Webhook(Webhook),
    /// Issue local tokens, for emulators only
    #[command(subcommand)]
    Token(Token),
}
