//! Arguments of `apply` and `permit`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use headgate_events::ChangeId;

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
    /// Folder in which Terraform runs [default: the current folder]. The command runs in a private copy of it
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Folder with all local files that the plan refers to [default: the folder in which Terraform runs]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// How the result will be verified, for the record
    #[arg(long, default_value = "")]
    pub verification: String,
    /// Command that applies the plan; one of its arguments must be PLANFILE, written exactly as above
    #[arg(last = true, required = true, value_name = "COMMAND")]
    pub command: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Release {
    /// Name of the environment
    pub environment: String,
    /// Why, and how you know what the apply does, for the record
    #[arg(long)]
    pub reason: String,
    /// Break the lock of an apply that still sends heartbeats. It has five minutes to end; everybody who is notified of decisions is
    /// told. After that, release the environment without this option
    #[arg(long)]
    pub break_glass: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Watchdog {
    /// Id of the change
    #[arg(long)]
    pub change: ChangeId,
    /// Id of the permit
    #[arg(long)]
    pub permit: String,
    /// Private folder, to delete at the end
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
        /// Plan file that the change was proposed with
        #[arg(long, value_name = "PLANFILE")]
        plan_file: PathBuf,
    },
    /// Print new AWS credentials for a running apply, as `credential_process` of the AWS CLI and SDKs expects them
    Credentials {
        /// Id of the change
        change: ChangeId,
        /// Id of the permit, which must have been used
        permit: String,
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
        /// Plan file that the change was proposed with
        #[arg(long, value_name = "PLANFILE")]
        plan_file: PathBuf,
    },
}
