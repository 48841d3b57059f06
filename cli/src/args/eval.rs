//! Arguments of `eval`, `standing` and `model-key`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Page;
use super::change::LaneArg;

#[derive(Debug, Subcommand)]
pub(crate) enum Eval {
    /// Check a suite for errors, and print its tasks and the recommended number of repeats
    Check {
        /// Folder of the suite, with suite.toml and tasks/
        #[arg(value_name = "DIR")]
        suite: PathBuf,
    },
    /// Evaluate models: upload the suite, start a run, and wait for it to end
    Run(EvalRun),
    /// List runs, newest first
    List(Page),
    /// Show a run: candidates, comparisons, costs and missing cases
    Show {
        /// Id of the run
        run: String,
        /// Show one case with its prompts and answers instead: candidate/task/paraphrase/repeat
        #[arg(long, value_name = "CASE")]
        case: Option<String>,
        /// Output format
        #[arg(long, value_enum, default_value_t = EvalFormat::Text)]
        format: EvalFormat,
    },
    /// Compare the candidates of a run with its baseline
    Compare {
        /// Id of the run
        run: String,
        /// Output format
        #[arg(long, value_enum, default_value_t = EvalFormat::Text)]
        format: EvalFormat,
    },
    /// Check a run in CI: exit with 1 unless every comparison with the baseline passes
    Assert {
        /// Id of the run
        run: String,
        /// Output format
        #[arg(long, value_enum, default_value_t = EvalFormat::Text)]
        format: EvalFormat,
        /// Let underpowered comparisons pass
        #[arg(long)]
        allow_underpowered: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct EvalRun {
    /// Folder of the suite, with suite.toml and tasks/
    #[arg(value_name = "DIR")]
    pub suite: PathBuf,
    /// Candidate: a model of the deployment, or `generator+verifier`; repeatable
    #[arg(long = "candidate", value_name = "NAME", required = true)]
    pub candidates: Vec<String>,
    /// Candidate to compare the others with
    #[arg(long, value_name = "NAME")]
    pub baseline: Option<String>,
    /// Earlier run to take the results of the baseline from
    #[arg(long, value_name = "RUN", requires = "baseline")]
    pub baseline_run: Option<String>,
    /// Repeats of each prompt, 1 to 100 [default: the suite's]
    #[arg(long)]
    pub repeats: Option<u32>,
    /// Spending ceiling of the run in US dollars
    #[arg(long, value_name = "USD")]
    pub ceiling: f64,
    /// Time limit in minutes, 1 to 1440; cases that have not begun by then are skipped
    #[arg(long, value_name = "MINUTES", default_value_t = 60)]
    pub minutes: u32,
    /// Id of the run, and idempotency key: a repeated request does not start a second run [default: random]
    #[arg(long, value_name = "ID")]
    pub run_id: Option<String>,
    /// Do not wait for the run to end
    #[arg(long)]
    pub no_wait: bool,
    /// Output format of the report
    #[arg(long, value_enum, default_value_t = EvalFormat::Text)]
    pub format: EvalFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EvalFormat {
    /// Tables, for people
    Text,
    /// JSON, same as --json
    Json,
    /// JUnit XML, for CI
    Junit,
    /// Markdown, for a pull request comment
    Markdown,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Standing {
    /// Show the lane that a model has earned, and the lane that it may use
    Show {
        /// Name of the model, as in proposals
        model: String,
        /// Task family
        #[arg(long, default_value = "terraform")]
        family: String,
    },
    /// Promote a model to a higher lane, up to the lane that it has earned (needs role security)
    Promote {
        /// Name of the model, as in proposals
        model: String,
        /// Task family
        #[arg(long, default_value = "terraform")]
        family: String,
        /// Highest lane that the model may use from now on
        #[arg(long, value_enum)]
        lane: LaneArg,
        /// Reason, for the record
        #[arg(long)]
        reason: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum ModelKey {
    /// Store the key of a model provider, read from standard input (needs AWS credentials for the secret)
    Set {
        /// Name or ARN of the secret
        #[arg(long)]
        secret: String,
    },
}
