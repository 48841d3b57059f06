//! The command line.

mod eval;
mod gate;
mod webhook;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use headgate_events::Lane;

pub(crate) use eval::{Eval, EvalFormat, EvalRun, ModelKey, Standing};
pub(crate) use gate::{Delegate, Delegation, Vote};
pub(crate) use webhook::Webhook;

/// Headgate: propose changes, decide on them, follow them to their end.
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
    /// Local principal whose token to use, from the token folder of the configuration
    #[arg(long = "as", global = true, value_name = "NAME")]
    pub principal: Option<String>,
    /// Configuration file
    #[arg(long, global = true, env = "HEADGATE_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Review a plan here and now: no fleet, no AWS, no account
    Review(Review),
    /// Propose changes and follow them
    #[command(subcommand)]
    Change(Change),
    /// Vote for a change
    Approve(Vote),
    /// Vote against a change
    Reject(Vote),
    /// Send a change back to its proposer
    Revise(Vote),
    /// Take your vote back, before there is a decision
    Withdraw {
        /// Id of the change
        change: String,
    },
    /// Let somebody else vote in your roles for a while
    #[command(subcommand)]
    Delegation(Delegation),
    /// Apply an approved plan file: checked, locked, once, and reported whatever happens
    Apply(Apply),
    /// Reports in place of an apply that died
    #[command(hide = true)]
    ApplyWatchdog(Watchdog),
    /// Get leave to apply, and use it
    #[command(subcommand)]
    Permit(Permit),
    /// Read and verify the record of an engagement
    #[command(subcommand)]
    Timeline(Timeline),
    /// Look at messages that could not be processed, send them again or give them up
    #[command(subcommand)]
    Dlq(Dlq),
    /// Evaluate the models that propose, and compare them
    #[command(subcommand)]
    Eval(Eval),
    /// Look at what models have earned, and promote them
    #[command(subcommand)]
    Standing(Standing),
    /// Manage keys of providers of models
    #[command(subcommand)]
    ModelKey(ModelKey),
    /// Manage the key that permits are signed with
    #[command(subcommand)]
    Keys(Keys),
    /// Manage who is told of requests and decisions (needs AWS credentials for the secret)
    #[command(subcommand)]
    Webhook(Webhook),
    /// Tokens of a local issuer, for emulators only
    #[command(subcommand)]
    Token(Token),
}

#[derive(Debug, Args)]
pub(crate) struct Review {
    /// Output of `terraform show -json PLANFILE`; `-` reads standard input
    #[arg(value_name = "PLAN.json", required_unless_present = "replay")]
    pub plan: Option<PathBuf>,
    /// Environment that the plan is for: local, sandbox, dev, staging, prod, or one of --profiles
    #[arg(long, value_name = "NAME", required_unless_present = "replay")]
    pub env: Option<String>,
    /// Instead of a plan: review a change of the fleet again, and prove that the verdict is the same
    /// (needs AWS credentials that read the artifact bucket)
    #[arg(long, value_name = "CHANGE", conflicts_with_all = ["plan", "env", "profiles", "cost", "agent"])]
    pub replay: Option<String>,
    /// What to print: for people, programs, code scanning or a pull request
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Environments of your own: the list that the fleet is deployed with, as JSON
    #[arg(long, value_name = "FILE")]
    pub profiles: Option<PathBuf>,
    /// Folder of your own policies (*.rego) and settings.json, beside Headgate's
    #[arg(long, value_name = "DIR")]
    pub policies: Option<PathBuf>,
    /// Output of `infracost diff --format json` for the plan
    #[arg(long, value_name = "FILE")]
    pub cost: Option<PathBuf>,
    /// What the change may touch
    #[arg(long, value_enum, default_value_t = LaneArg::Execute)]
    pub lane: LaneArg,
    /// Agent that made the plan, if one did
    #[arg(long, value_name = "ID")]
    pub agent: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Tables
    Text,
    /// The same as --json
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Markdown, for a comment on a pull request
    Markdown,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Change {
    /// Upload plan and evidence, and propose a change
    Submit(Submit),
    /// Show a change with its review and approval
    Show {
        /// Id of the change
        change: String,
    },
    /// List changes, newest first
    List {
        /// How many
        #[arg(long, default_value_t = 20)]
        limit: u32,
        /// Go on where an earlier list ended
        #[arg(long)]
        cursor: Option<String>,
    },
    /// Wait until a change reaches a status
    Watch {
        /// Id of the change
        change: String,
        /// Status to wait for; without it, any in which nothing moves by itself
        #[arg(long)]
        until: Vec<String>,
        /// Give up after so many seconds
        #[arg(long, default_value_t = 600)]
        timeout: u64,
    },
    /// Report what became of an apply (needs AWS credentials for the bus)
    Report(Report),
}

#[derive(Debug, Args)]
pub(crate) struct Submit {
    /// Id of the change, 1 to 64 characters of a-z, 0-9 and -
    pub change: String,
    /// The dossier without its artifacts, as JSON
    #[arg(long, value_name = "FILE")]
    pub dossier: PathBuf,
    /// Output of `terraform show -json PLANFILE`
    #[arg(long, value_name = "FILE")]
    pub plan: PathBuf,
    /// The plan file itself: what is applied then has to be that file, byte for byte. Whoever reads the artifact
    /// bucket sees the sensitive values in it
    #[arg(long, value_name = "PLANFILE")]
    pub plan_file: Option<PathBuf>,
    /// Test reports and the like
    #[arg(long, value_name = "FILE")]
    pub evidence: Vec<PathBuf>,
    /// Engagement that the change is part of
    #[arg(long)]
    pub engagement: String,
    /// Environment that the change is for
    #[arg(long)]
    pub environment: String,
    /// Account that the change is for
    #[arg(long)]
    pub account: String,
    /// Region that the change is for
    #[arg(long)]
    pub region: String,
    /// Revision, one more than the last
    #[arg(long, default_value_t = 1)]
    pub revision: u32,
    /// What the change may touch
    #[arg(long, value_enum, default_value_t = LaneArg::Execute)]
    pub lane: LaneArg,
    /// Agent in whose name it is proposed
    #[arg(long)]
    pub agent: Option<String>,
    /// Model that the agent runs on
    #[arg(long, default_value = "unknown")]
    pub model: String,
    /// Person who answers for the agent
    #[arg(long)]
    pub human_owner: Option<String>,
    /// Put the event on the bus with AWS credentials instead of sending it to the API
    #[arg(long, requires = "agent")]
    pub bus: bool,
    /// Version of the event to put on the bus
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=2))]
    pub event_version: u8,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum LaneArg {
    ReadOnly,
    DryRun,
    Execute,
}

impl From<LaneArg> for Lane {
    fn from(lane: LaneArg) -> Self {
        match lane {
            LaneArg::ReadOnly => Self::ReadOnly,
            LaneArg::DryRun => Self::DryRun,
            LaneArg::Execute => Self::Execute,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Report {
    /// Id of the change
    pub change: String,
    /// Permit that it was applied under
    #[arg(long)]
    pub permit: String,
    /// Whether the apply failed
    #[arg(long)]
    pub failed: bool,
    /// What was looked at afterwards, and what was seen
    #[arg(long, default_value = "")]
    pub verification: String,
    /// How long the apply took, in milliseconds
    #[arg(long, default_value_t = 0)]
    pub duration_ms: u64,
    /// Agent in whose name it is reported
    #[arg(long)]
    pub agent: String,
}

#[derive(Debug, Args)]
pub(crate) struct Apply {
    /// Plan file, as `terraform plan -out` wrote it
    #[arg(value_name = "PLANFILE")]
    pub planfile: PathBuf,
    /// Id of the approved change
    #[arg(long)]
    pub change: String,
    /// Program that reads the plan file; by default that of the command, if it is terraform or tofu
    #[arg(long, value_name = "PROGRAM")]
    pub terraform: Option<String>,
    /// What will be looked at afterwards, for the record
    #[arg(long, default_value = "")]
    pub verification: String,
    /// Command that applies the plan file, after --
    #[arg(last = true, required = true, value_name = "COMMAND")]
    pub command: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Watchdog {
    /// Id of the change
    #[arg(long)]
    pub change: String,
    /// Id of the permit
    #[arg(long)]
    pub permit: String,
    /// Copy of the plan file, to be removed
    #[arg(long)]
    pub copy: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Permit {
    /// Ask for a permit for the plan that you are about to apply
    Issue {
        /// Id of the change
        change: String,
        /// Output of `terraform show -json PLANFILE` for that very plan file
        #[arg(long, value_name = "FILE")]
        plan: PathBuf,
        /// The plan file, where the proposal has it
        #[arg(long, value_name = "PLANFILE")]
        plan_file: Option<PathBuf>,
    },
    /// Use a permit up, right before the apply
    Use {
        /// Id of the change
        change: String,
        /// Id of the permit
        permit: String,
        /// File with the signed permit, as `permit issue --json` prints it in `permit`
        #[arg(long, value_name = "FILE")]
        token: PathBuf,
        /// Account that you are about to change
        #[arg(long)]
        account: String,
        /// Output of `terraform show -json PLANFILE`
        #[arg(long, value_name = "FILE")]
        plan: PathBuf,
        /// The plan file, where the proposal has it
        #[arg(long, value_name = "PLANFILE")]
        plan_file: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Timeline {
    /// Print the record
    Show {
        /// Id of the engagement
        engagement: String,
    },
    /// Recompute every hash of the record
    Verify {
        /// Id of the engagement
        engagement: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Dlq {
    /// List groups of messages with the same fault, newest first
    List {
        /// How many
        #[arg(long, default_value_t = 20)]
        limit: u32,
        /// Go on where an earlier list ended
        #[arg(long)]
        cursor: Option<String>,
    },
    /// Show a group with its last run and its messages
    Show {
        /// Fingerprint of the group, or the beginning of it; or the id of a message
        group: String,
        /// Processed and discarded messages instead of open ones
        #[arg(long)]
        closed: bool,
    },
    /// Send a group to its consumer again: one canary, then a ramp. Without --execute, say what would be done
    Redrive(DlqAction),
    /// Give a group up for good. Without --execute, say what would be done
    Discard(DlqAction),
}

#[derive(Debug, Args)]
pub(crate) struct DlqAction {
    /// Fingerprint of the group, or the beginning of it
    pub group: String,
    /// Do it
    #[arg(long, requires = "reason")]
    pub execute: bool,
    /// Why; it goes into the record
    #[arg(long)]
    pub reason: Option<String>,
    /// Redrive although the build that failed is still deployed
    #[arg(long)]
    pub force: bool,
    /// Do not wait for the run to end
    #[arg(long)]
    pub no_wait: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Make the permit key, if there is none yet
    Init {
        /// Name or ARN of the secret
        #[arg(long)]
        secret: String,
    },
    /// Make a new permit key; the one before still verifies for an hour
    Rotate {
        /// Name or ARN of the secret
        #[arg(long)]
        secret: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Token {
    /// Make an issuer key, if there is none yet
    Init {
        /// Folder of issuer key and tokens
        #[arg(long)]
        dir: PathBuf,
    },
    /// Print the issuer's public keys
    Jwks {
        /// Folder of issuer key and tokens
        #[arg(long)]
        dir: PathBuf,
    },
    /// Sign a token and keep it in the folder
    Mint {
        /// Folder of issuer key and tokens
        #[arg(long)]
        dir: PathBuf,
        /// Who it is for
        #[arg(long)]
        subject: String,
        /// Roles: proposer, approver, executor, operator, agent
        #[arg(long)]
        role: Vec<String>,
        /// For agents: the person who answers for them
        #[arg(long)]
        human_owner: Option<String>,
        /// Seconds until it ends
        #[arg(long, default_value_t = 86_400)]
        lifetime: i64,
    },
}
