//! Evaluations of models.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::LaneArg;

#[derive(Debug, Subcommand)]
pub(crate) enum Eval {
    /// Look at a suite: what it asks, how often it should, and what is wrong with it
    Check {
        /// Folder with suite.toml and tasks/
        #[arg(value_name = "DIR")]
        suite: PathBuf,
    },
    /// Evaluate models: pack the suite, ask for the run, and follow it to its end
    Run(EvalRun),
    /// List runs, newest first
    List {
        /// How many
        #[arg(long, default_value_t = 20)]
        limit: u32,
        /// Go on where an earlier list ended
        #[arg(long)]
        cursor: Option<String>,
    },
    /// Show a run: every candidate, comparisons, cost, what is missing
    Show {
        /// Id of the run
        run: String,
        /// One of its cases instead, with what was asked and answered: candidate/task/paraphrase/repeat
        #[arg(long, value_name = "CASE")]
        case: Option<String>,
        /// What to print
        #[arg(long, value_enum, default_value_t = EvalFormat::Text)]
        format: EvalFormat,
    },
    /// Compare the candidates of a run with its baseline
    Compare {
        /// Id of the run
        run: String,
        /// What to print
        #[arg(long, value_enum, default_value_t = EvalFormat::Text)]
        format: EvalFormat,
    },
    /// The same for CI: exits with 1 if a candidate regressed, or nothing can be said of it
    Gate {
        /// Id of the run
        run: String,
        /// What to print
        #[arg(long, value_enum, default_value_t = EvalFormat::Text)]
        format: EvalFormat,
        /// Let candidates pass of which nothing can be said yet
        #[arg(long)]
        allow_underpowered: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct EvalRun {
    /// Folder with suite.toml and tasks/
    #[arg(value_name = "DIR")]
    pub suite: PathBuf,
    /// Who is asked, once for each: a model of the deployment, or `generator+verifier`
    #[arg(long = "candidate", value_name = "NAME", required = true)]
    pub candidates: Vec<String>,
    /// The candidate that the others are compared with
    #[arg(long, value_name = "NAME")]
    pub baseline: Option<String>,
    /// Take the baseline's results from this earlier run
    #[arg(long, value_name = "RUN", requires = "baseline")]
    pub baseline_run: Option<String>,
    /// How often each prompt is asked; as often as the suite says, if absent
    #[arg(long)]
    pub repeats: Option<u32>,
    /// The most that the run may cost, in US dollars
    #[arg(long, value_name = "USD")]
    pub ceiling: f64,
    /// How long it may take; what has not begun by then is not asked
    #[arg(long, value_name = "MINUTES", default_value_t = 60)]
    pub minutes: u32,
    /// Id of the run: the same request with the same id is the same run
    #[arg(long, value_name = "ID")]
    pub run_id: Option<String>,
    /// Do not wait for its end
    #[arg(long)]
    pub no_wait: bool,
    /// What to print at its end
    #[arg(long, value_enum, default_value_t = EvalFormat::Text)]
    pub format: EvalFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EvalFormat {
    /// Tables
    Text,
    /// The same as --json
    Json,
    /// JUnit XML, for CI
    Junit,
    /// Markdown, for a comment on a pull request
    Markdown,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Standing {
    /// Show what a model has earned, and what it may touch
    Show {
        /// The model, as agents name it
        model: String,
        /// Family of tasks
        #[arg(long, default_value = "terraform")]
        family: String,
    },
    /// Let a model touch more, up to what it has earned (role security)
    Promote {
        /// The model
        model: String,
        /// Family of tasks
        #[arg(long, default_value = "terraform")]
        family: String,
        /// Highest lane from now on
        #[arg(long, value_enum)]
        lane: LaneArg,
        /// Why; it goes on record
        #[arg(long)]
        reason: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum ModelKey {
    /// Store the key of a provider of models, read from standard input (needs AWS credentials for the secret)
    Set {
        /// Name or ARN of the secret
        #[arg(long)]
        secret: String,
    },
}
