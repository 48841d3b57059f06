//! Arguments of `scan`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum Scan {
    /// Upload a scan of a plan in your own name, for somebody else to propose the change with; prints the artifact as JSON
    Upload(Upload),
    /// Run `terraform fmt -check` and `terraform validate`, and with --test `terraform test`, and write their results as SARIF for
    /// --scan. The folder must be initialised with `terraform init`
    Terraform(TerraformChecks),
}

#[derive(Debug, Args)]
pub(crate) struct TerraformChecks {
    /// Folder with the configuration [default: the current folder]
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Also run `terraform test`. Tests that apply need credentials, and create real resources while they run
    #[arg(long)]
    pub test: bool,
    /// Program to run
    #[arg(long, value_name = "PROGRAM", default_value = "terraform")]
    pub terraform: String,
    /// Longest time for each command, in seconds
    #[arg(long, default_value_t = 900)]
    pub timeout: u64,
    /// File to write; by default, the log is printed
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Upload {
    /// Results of a scanner as SARIF 2.1.0, or of `terraform validate -json`, `terraform test -json` or JUnit
    #[arg(value_name = "RESULTS")]
    pub log: PathBuf,
    /// The plan that was scanned: output of `terraform show -json PLANFILE`
    #[arg(long, value_name = "FILE")]
    pub plan: PathBuf,
    /// Folder with the configuration that was scanned [default: the current folder]
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}
