//! The project's own commands: `cargo xtask up`, `down`, `test`, `e2e`, `bench`, …
#![allow(clippy::print_stdout, clippy::print_stderr)]

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
        Command::Build { arm64 } => build::zips(arm64),
        Command::Bench { runs, check } => bench::bench(runs, check),
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
