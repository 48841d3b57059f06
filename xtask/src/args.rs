//! Command-line arguments.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::emulator::Kind;
use crate::{
    bench, build, checkov, checks, ci, demo, e2e, fuzz, mutants, own_plan, plans, reference,
    rustdoc, storm, up,
};

/// Runs the command that the command line names. Stands in for rustdoc instead, if this process was started for that.
pub fn main() -> ExitCode {
    if let Some(code) = rustdoc::stand_in() {
        return code;
    }
    match Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Development commands for Headgate",
    arg_required_else_help = true
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Build and deploy the fleet on an emulator, then run the demo. Running it again changes nothing
    Up,
    /// Stop the emulator that `up` started
    Down,
    /// Run the checks: format, lints, docs, unit tests, Terraform, and all stories on MiniStack
    Test {
        /// Skip the stories
        #[arg(long)]
        quick: bool,
    },
    /// Run everything that must pass: `test`, the model test, the API contract, a small storm, fuzzing, the stories
    /// on LocalStack, `deny`
    Ci,
    /// Run all stories on a separate emulator; on MiniStack also the model test and the API contract
    E2e {
        /// Emulator to test on
        #[arg(long, value_enum, default_value_t = Kind::Ministack)]
        emulator: Kind,
        /// Run only stories whose name or file name matches this regular expression
        filter: Option<String>,
    },
    /// Evaluate two recorded models and a pair of them on an emulator: comparison, conclusion, cost, standing
    EvalDemo,
    /// Carry an engagement with scripted agents through all phases on an emulator, and print its status and timeline
    EngagementDemo,
    /// Send thousands of changes, duplicates and poison messages while killing functions; account for all
    Storm(storm::Storm),
    /// Check the licenses, sources and known advisories of all dependencies
    Deny,
    /// Build every function as a Lambda zip
    Build {
        /// Build for an AWS account: smaller and faster to start, but several times slower to build
        #[arg(long)]
        ship: bool,
        /// Build for arm64; requires `--ship` (the emulators run x86_64)
        #[arg(long)]
        arm64: bool,
    },
    /// Measure the size, init time and memory of each shipped function, the review of a large plan, and throughput
    Bench {
        /// Number of runs per measurement
        #[arg(long, default_value_t = 30)]
        runs: u32,
        /// Fail if a zip exceeds 5 MB (6 MB for eval-runner functions), a review exceeds 250 ms or 128 MiB, or the log costs more than it may
        #[arg(long)]
        check: bool,
        /// Measure only these functions, only `review`, only `throughput`, only `timeline` (what the transparency log costs), or only `scaling` (a simulation)
        functions: Vec<String>,
    },
    /// Fuzz the parsers of untrusted input (requires a nightly toolchain)
    Fuzz {
        /// Seconds per target
        #[arg(long, default_value_t = 60)]
        seconds: u32,
    },
    /// Plant bugs in the crates that keep messages and state, and show which the tests find
    Mutants {
        /// Plant only bugs whose name contains this text
        filter: Option<String>,
        /// Show which of them the model test finds by itself. It is about messages and state, so it need not find all
        #[arg(long)]
        model: bool,
    },
    /// Plan the fleet for prod on an emulator, review that plan with the fleet's own rules, and walk the schema of the provider
    OwnPlan,
    /// Run Checkov over the Terraform modules, and beside the policies: which of its checks we have, and whether ours agree
    Checkov,
    /// Write what is generated: schemas of new event versions, openapi.json, and the tables of Terraform modules
    Schemas,
    /// Recompute the reference values for the statistics tests (installs scipy and statsmodels)
    Reference,
    /// Regenerate the plans that the policies are tested with (requires Terraform)
    Plans {
        /// Regenerate only cases whose name contains this text
        filter: Option<String>,
    },
}

impl Cli {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        match self.command {
            Command::Up => up::up(),
            Command::Down => up::down(),
            Command::Test { quick } => checks::test(quick),
            Command::Ci => ci::ci(),
            Command::E2e { emulator, filter } => e2e::e2e(emulator, filter.as_deref()),
            Command::EvalDemo => demo::eval_demo(),
            Command::EngagementDemo => demo::engagement_demo(),
            Command::Storm(storm) => storm.run(),
            Command::Deny => checks::deny(),
            Command::Build { ship, arm64 } => build::build(build::Profile::of(ship), arm64),
            Command::Bench { runs, check, functions } => bench::bench(runs, check, &functions),
            Command::Fuzz { seconds } => fuzz::fuzz(seconds),
            Command::Mutants { filter, model } => mutants::mutants(filter.as_deref(), model),
            Command::OwnPlan => own_plan::run(),
            Command::Checkov => checkov::check(),
            Command::Schemas => checks::schemas(),
            Command::Reference => reference::reference(),
            Command::Plans { filter } => plans::plans(filter.as_deref()),
        }
    }
}
