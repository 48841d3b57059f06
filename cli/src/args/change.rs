//! Arguments of `change`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use headgate_events::{ChangeId, EngagementId, Lane, PrincipalId};

use super::Page;

#[derive(Debug, Subcommand)]
pub(crate) enum Change {
    /// Upload the plan and evidence, and propose a change
    Submit(Box<Submit>),
    /// Show a change with its review and approval
    Show {
        /// Id of the change
        change: ChangeId,
    },
    /// Get a signed statement that a change is approved (in-toto, DSSE), for tools that know nothing of Headgate
    Attestation {
        /// Id of the change
        change: ChangeId,
        /// File to write; by default, the envelope is printed
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Download the evidence of a change, each file checked against its digest
    Evidence {
        /// Id of the change
        change: ChangeId,
        /// Folder for the files; it is created if it does not exist
        #[arg(long, value_name = "DIR", default_value = "evidence")]
        to: PathBuf,
    },
    /// List changes, newest first: all, or those that you may read
    List {
        /// Only changes of this engagement
        #[arg(long)]
        engagement: Option<EngagementId>,
        #[command(flatten)]
        page: Page,
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
    /// Plan file from `terraform plan -out PLANFILE`; the apply must use exactly this file, so the execute lane requires it. Like the
    /// JSON, it contains sensitive values, and everyone who can read the artifact bucket can read them
    #[arg(long, value_name = "PLANFILE")]
    pub plan_file: Option<PathBuf>,
    /// Folder in which Terraform runs [default: the current folder]
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Folder with all local files that the plan refers to [default: the folder in which Terraform runs]. With a plan file, each file
    /// in it is named with its digest, and the apply can read no others
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// File or folder to leave out of that list; repeatable
    #[arg(long, value_name = "PATH")]
    pub exclude: Vec<PathBuf>,
    /// File with values of variables, as it was given to `terraform plan -var-file`, in the same order; repeatable. Files that Terraform
    /// reads by itself (`terraform.tfvars`, `*.auto.tfvars`) are added
    #[arg(long, value_name = "FILE")]
    pub var_file: Vec<PathBuf>,
    /// Evidence file, such as a test report; repeatable
    #[arg(long, value_name = "FILE")]
    pub evidence: Vec<PathBuf>,
    /// Results for this plan, as SARIF 2.1.0 of a scanner, or of `terraform validate -json`, `terraform test -json` or JUnit; repeatable.
    /// Findings that they share with the review are shown once
    #[arg(long, value_name = "FILE")]
    pub scan: Vec<PathBuf>,
    /// Scan of somebody else: what `headgate scan upload` printed; repeatable
    #[arg(long, value_name = "FILE", conflicts_with = "bus")]
    pub scan_artifact: Vec<PathBuf>,
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
    /// Lane that the change requests: what is to be applied needs `--lane execute`
    #[arg(long, value_enum, default_value_t = LaneArg::ReadOnly)]
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
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
