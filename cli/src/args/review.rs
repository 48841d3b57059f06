//! Arguments of `review`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use headgate_events::{ChangeId, PrincipalId};

use super::change::LaneArg;

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
    #[arg(long, value_name = "CHANGE", conflicts_with_all = ["plan", "env", "profiles", "cost", "scan", "var_file", "agent"])]
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
    /// Results for this plan, as SARIF 2.1.0 of another scanner, or of `terraform validate -json`, `terraform test -json` or JUnit;
    /// repeatable
    #[arg(long, value_name = "FILE")]
    pub scan: Vec<PathBuf>,
    /// File with values of variables, as it was given to `terraform plan -var-file`, in the same order; repeatable
    #[arg(long, value_name = "FILE")]
    pub var_file: Vec<PathBuf>,
    /// Folder with the configuration, to find the resources of results that only have a file and line [default: the current folder]
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
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
