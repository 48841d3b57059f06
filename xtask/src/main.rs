//! The project's own commands: `cargo xtask up`, `down`, `test`, `e2e`, `bench`, …
#![allow(clippy::print_stdout, clippy::print_stderr)]
// A command-line program of the checkout: it may block and read what the shell says.
#![allow(clippy::disallowed_methods)]

mod args;
mod bench;
mod build;
mod checks;
mod demo;
mod deploy;
mod e2e;
mod emulator;
mod paths;
mod progress;
mod stack;
mod state;
mod tools;
mod up;

use std::process::ExitCode;

use args::{Cli, Command};
use clap::Parser as _;

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Up => up::up(),
        Command::Down => up::down(),
        Command::Test { quick } => checks::test(quick),
        Command::E2e { emulator, filter } => e2e::e2e(emulator, filter.as_deref()),
        Command::Deny => checks::deny(),
        Command::Build { ship, arm64 } => build::build(build::Profile::of(ship), arm64),
        Command::Bench { runs, check, functions } => bench::bench(runs, check, &functions),
        Command::Schemas => checks::schemas(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
