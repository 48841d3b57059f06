//! The command line: commands, arguments and options.

mod eval;
mod vote;
mod webhook;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use headgate_events::{ChangeId, EngagementId, Lane, PrincipalId};

pub(crate) use eval::{Eval, EvalFormat, EvalRun, ModelKey, Standing};
pub(crate) use vote::{Delegate, Delegation, Vote};
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

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Review a plan on this machine, without a fleet or an AWS account
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
    /// Withdraw your vote before the decision
    Withdraw {
        /// Id of the change
        change: ChangeId,
    },
    /// Let someone else vote on your behalf for a limited time
    #[command(subcommand)]
    Delegation(Delegation),
    /// Apply an approved plan file once, under a lock, and report the outcome
    Apply(Apply),
    /// Report the outcome of an apply whose process died
    #[command(hide = true)]
    ApplyWatchdog(Watchdog),
    /// Request and use permits to apply
    #[command(subcommand)]
    Permit(Permit),
    /// Print or verify the timeline of an engagement
    #[command(subcommand)]
    Timeline(Timeline),
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

#[derive(Debug, Args)]
pub(crate) struct Review {
    /// Output of `terraform show -json PLANFILE`; `-` for standard input
    #[arg(value_name = "PLAN.json", required_unless_present = "replay")]
    pub plan: Option<PathBuf>,
    /// Environment of the plan: local, sandbox, dev, staging, prod, or a name from --profiles
    #[arg(long, value_name = "NAME", required_unless_present = "replay")]
    pub env: Option<String>,
    /// Repeat the stored review of a change and compare the results (needs AWS credentials to read the
    /// artifact bucket)
    #[arg(long, value_name = "CHANGE", conflicts_with_all = ["plan", "env", "profiles", "cost", "agent"])]
    pub replay: Option<ChangeId>,
    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// JSON file with your own environments: the list that the fleet is deployed with
    #[arg(long, value_name = "FILE")]
    pub profiles: Option<PathBuf>,
    /// Folder with additional policies (*.rego) and a settings.json
    #[arg(long, value_name = "DIR")]
    pub policies: Option<PathBuf>,
    /// Cost estimate: output of `infracost diff --format json` for the plan
    #[arg(long, value_name = "FILE")]
    pub cost: Option<PathBuf>,
    /// Lane that the change requests
    #[arg(long, value_enum, default_value_t = LaneArg::Execute)]
    pub lane: LaneArg,
    /// Id of the agent that created the plan, if an agent did
    #[arg(long, value_name = "ID")]
    pub agent: Option<PrincipalId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Tables, for people
    Text,
    /// JSON, same as --json
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Markdown, for a pull request comment
    Markdown,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Change {
    /// Upload the plan and evidence, and propose a change
    Submit(Submit),
    /// Show a change with its review and approval
    Show {
        /// Id of the change
        change: ChangeId,
    },
    /// List changes, newest first
    List {
        /// Maximum number of changes, 1 to 100
        #[arg(long, default_value_t = 20)]
        limit: u32,
        /// Cursor from the previous page
        #[arg(long)]
        cursor: Option<String>,
    },
    /// Wait until a change reaches a status
    Watch {
        /// Id of the change
        change: ChangeId,
        /// Status to wait for; repeatable [default: any final status, or any status in which a person
        /// or an executor must act]
        #[arg(long)]
        until: Vec<String>,
        /// Timeout in seconds
        #[arg(long, default_value_t = 600)]
        timeout: u64,
    },
    /// Report the outcome of an apply (needs AWS credentials for the bus)
    Report(Report),
}

#[derive(Debug, Args)]
pub(crate) struct Submit {
    /// Id of the change: 1 to 64 characters from a-z, 0-9 and -; begins with a letter or digit
    pub change: ChangeId,
    /// JSON file with the dossier, without its artifacts
    #[arg(long, value_name = "FILE")]
    pub dossier: PathBuf,
    /// JSON file with the output of `terraform show -json PLANFILE`
    #[arg(long, value_name = "FILE")]
    pub plan: PathBuf,
    /// Binary plan file; the apply must then use exactly this file. Everyone who can read the artifact bucket
    /// can read the sensitive values in it
    #[arg(long, value_name = "PLANFILE")]
    pub plan_file: Option<PathBuf>,
    /// Evidence file, such as a test report; repeatable
    #[arg(long, value_name = "FILE")]
    pub evidence: Vec<PathBuf>,
    /// Id of the engagement
    #[arg(long)]
    pub engagement: EngagementId,
    /// Name of the environment
    #[arg(long)]
    pub environment: String,
    /// AWS account id
    #[arg(long)]
    pub account: String,
    /// AWS region
    #[arg(long)]
    pub region: String,
    /// Revision number: one more than the previous revision
    #[arg(long, default_value_t = 1)]
    pub revision: u32,
    /// Lane that the change requests
    #[arg(long, value_enum, default_value_t = LaneArg::Execute)]
    pub lane: LaneArg,
    /// Id of the agent that proposes the change
    #[arg(long)]
    pub agent: Option<PrincipalId>,
    /// Model that the agent uses
    #[arg(long, default_value = "unknown")]
    pub model: String,
    /// Person who is responsible for the agent
    #[arg(long)]
    pub human_owner: Option<PrincipalId>,
    /// Publish the event on the bus with AWS credentials, instead of calling the API
    #[arg(long, requires = "agent")]
    pub bus: bool,
    /// Event version to publish with --bus
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
    pub change: ChangeId,
    /// Id of the permit that the apply used
    #[arg(long)]
    pub permit: String,
    /// Report a failed apply instead of a successful one
    #[arg(long)]
    pub failed: bool,
    /// How the result was verified, for the record
    #[arg(long, default_value = "")]
    pub verification: String,
    /// Duration of the apply in milliseconds
    #[arg(long, default_value_t = 0)]
    pub duration_ms: u64,
    /// Id of the agent that reports
    #[arg(long)]
    pub agent: PrincipalId,
}

#[derive(Debug, Args)]
pub(crate) struct Apply {
    /// Plan file from `terraform plan -out PLANFILE`
    #[arg(value_name = "PLANFILE")]
    pub planfile: PathBuf,
    /// Id of the approved change
    #[arg(long)]
    pub change: ChangeId,
    /// Program that reads the plan file [default: the program of COMMAND if it is terraform or tofu, else
    /// terraform]
    #[arg(long, value_name = "PROGRAM")]
    pub terraform: Option<String>,
    /// How the result will be verified, for the record
    #[arg(long, default_value = "")]
    pub verification: String,
    /// Command that applies the plan; one of its arguments must be PLANFILE, written exactly as above
    #[arg(last = true, required = true, value_name = "COMMAND")]
    pub command: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Watchdog {
    /// Id of the change
    #[arg(long)]
    pub change: ChangeId,
    /// Id of the permit
    #[arg(long)]
    pub permit: String,
    /// Copy of the plan file, to delete at the end
    #[arg(long)]
    pub copy: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Permit {
    /// Request a permit for the plan that you are about to apply
    Issue {
        /// Id of the change
        change: ChangeId,
        /// JSON file with the output of `terraform show -json PLANFILE`
        #[arg(long, value_name = "FILE")]
        plan: PathBuf,
        /// Binary plan file; required if the change was submitted with one
        #[arg(long, value_name = "PLANFILE")]
        plan_file: Option<PathBuf>,
    },
    /// Use a permit, which locks the environment. Run this right before the apply
    Use {
        /// Id of the change
        change: ChangeId,
        /// Id of the permit
        permit: String,
        /// File with the signed permit: the `permit` field of `headgate permit issue --json`
        #[arg(long, value_name = "FILE")]
        token: PathBuf,
        /// Id of the AWS account that you are about to change
        #[arg(long)]
        account: String,
        /// JSON file with the output of `terraform show -json PLANFILE`
        #[arg(long, value_name = "FILE")]
        plan: PathBuf,
        /// Binary plan file; required if the change was submitted with one
        #[arg(long, value_name = "PLANFILE")]
        plan_file: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Timeline {
    /// Print the timeline
    Show {
        /// Id of the engagement
        engagement: EngagementId,
    },
    /// Verify every hash of the timeline
    Verify {
        /// Id of the engagement
        engagement: EngagementId,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Dlq {
    /// List groups of quarantined messages with the same fault, newest first
    List {
        /// Maximum number of groups, 1 to 100
        #[arg(long, default_value_t = 20)]
        limit: u32,
        /// Cursor from the previous page
        #[arg(long)]
        cursor: Option<String>,
    },
    /// Show a group with its last redrive and its messages, or one message
    Show {
        /// Fingerprint of the group, or a unique prefix of it; or the id of a message
        group: String,
        /// Show processed and discarded messages instead of open ones
        #[arg(long)]
        closed: bool,
    },
    /// Redrive a group to its consumer: one canary, then growing batches. Dry run unless --execute is given
    Redrive(DlqAction),
    /// Discard the messages of a group permanently. Dry run unless --execute is given
    Discard(DlqAction),
}

#[derive(Debug, Args)]
pub(crate) struct DlqAction {
    /// Fingerprint of the group, or a unique prefix of it
    pub group: String,
    /// Execute the action instead of a dry run
    #[arg(long, requires = "reason")]
    pub execute: bool,
    /// Reason, for the record; required with --execute
    #[arg(long)]
    pub reason: Option<String>,
    /// Redrive only: even if the build that failed is still deployed
    #[arg(long)]
    pub force: bool,
    /// Redrive only: do not wait for its end
    #[arg(long)]
    pub no_wait: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Create the permit key if there is none yet
    Init {
        /// Name or ARN of the secret
        #[arg(long)]
        secret: String,
    },
    /// Create a new permit key; permits signed with the previous key stay valid for up to one more hour
    Rotate {
        /// Name or ARN of the secret
        #[arg(long)]
        secret: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Token {
    /// Create an issuer key if there is none yet
    Init {
        /// Folder for the issuer key and tokens
        #[arg(long)]
        dir: PathBuf,
    },
    /// Print the issuer's public key as a JSON Web Key Set
    Jwks {
        /// Folder for the issuer key and tokens
        #[arg(long)]
        dir: PathBuf,
    },
    /// Sign a token and store it in the folder
    Mint {
        /// Folder for the issuer key and tokens
        #[arg(long)]
        dir: PathBuf,
        /// Principal that the token identifies
        #[arg(long)]
        subject: PrincipalId,
        /// Role, such as proposer, approver, executor, operator, evaluator, security or agent; repeatable
        #[arg(long)]
        role: Vec<String>,
        /// Person who is responsible for the agent, if the principal is an agent
        #[arg(long)]
        human_owner: Option<PrincipalId>,
        /// Lifetime of the token in seconds
        #[arg(long, default_value_t = 86_400)]
        lifetime: i64,
    },
}
