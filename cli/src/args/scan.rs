//! Arguments of `scan`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum Scan {
    /// Upload a scan of a plan in your own name, for somebody else to propose the change with; prints the artifact as JSON
    Upload(Upload),
}

#[derive(Debug, Args)]
pub(crate) struct Upload {
    /// Results of a scanner as SARIF 2.1.0
    #[arg(value_name = "RESULTS.sarif")]
    pub log: PathBuf,
    /// The plan that was scanned: output of `terraform show -json PLANFILE`
    #[arg(long, value_name = "FILE")]
    pub plan: PathBuf,
    /// Folder with the configuration that was scanned [default: the current folder]
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}
