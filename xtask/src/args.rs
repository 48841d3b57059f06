//! The command line.

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::emulator::Kind;
use crate::{bench, build, checks, demo, e2e, fuzz, plans, reference, storm, up};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Headgate's own commands", arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Set everything up on an emulator and run the demo; the second time it changes nothing
    Up,
    /// Stop what `up` started
    Down,
    /// Run every check: format, lints, docs, unit tests, Terraform, end-to-end on MiniStack
    Test {
        /// Leave the end-to-end suite out
        #[arg(long)]
        quick: bool,
    },
    /// Run the end-to-end suite on an emulator of its own
    E2e {
        /// Which emulator
        #[arg(long, value_enum, default_value_t = Kind::Ministack)]
        emulator: Kind,
        /// Only stories whose name, or that of their file, contains this (a regular expression)
        filter: Option<String>,
    },
    /// Evaluate two recorded models and a pair of them on an emulator: comparison, verdicts, cost, standings
    EvalDemo,
    /// Send thousands of changes, duplicates and poison while functions are killed; count every message
    Storm(storm::Storm),
    /// Check licences, sources and known advisories of all dependencies
    Deny,
    /// Build every function as a Lambda zip
    Build {
        /// Smaller and faster to start, several times slower to build: what goes to an account
        #[arg(long)]
        ship: bool,
        /// For arm64, to be deployed (the emulators run x86_64)
        #[arg(long)]
        arm64: bool,
    },
    /// Measure sizes, init times and memory of what ships, and the review of a large plan
    Bench {
        /// Runs for each figure
        #[arg(long, default_value_t = 30)]
        runs: u32,
        /// Fail if a zip is larger than 5 MB (6 where evaluations run), or a review takes more than 250 ms or 128 MB
        #[arg(long)]
        check: bool,
        /// Only these functions, or only the `review`
        functions: Vec<String>,
    },
    /// Fuzz the parsers of what strangers send (needs a nightly toolchain)
    Fuzz {
        /// How long, each
        #[arg(long, default_value_t = 60)]
        seconds: u32,
    },
    /// Write the JSON Schemas of new event versions
    Schemas,
    /// Compute the values again that the statistics are held to (installs scipy and statsmodels)
    Reference,
    /// Make the plans again that the policies are tested with (needs Terraform)
    Plans {
        /// Only cases whose name contains this
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
            Command::E2e { emulator, filter } => e2e::e2e(emulator, filter.as_deref()),
            Command::EvalDemo => demo::eval_demo(),
            Command::Storm(storm) => storm.run(),
            Command::Deny => checks::deny(),
            Command::Build { ship, arm64 } => build::build(build::Profile::of(ship), arm64),
            Command::Bench { runs, check, functions } => bench::bench(runs, check, &functions),
            Command::Fuzz { seconds } => fuzz::fuzz(seconds),
            Command::Schemas => checks::schemas(),
            Command::Reference => reference::reference(),
            Command::Plans { filter } => plans::plans(filter.as_deref()),
        }
    }
}
