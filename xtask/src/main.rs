//! The project's own commands: `cargo xtask up`, `down`, `test`, `e2e`, `bench`, …
#![allow(clippy::print_stdout, clippy::print_stderr)]
// A command-line program of the checkout: it may block and read what the shell says.
#![allow(clippy::disallowed_methods)]

mod args;
mod bench;
mod build;
mod checks;
mod dead_ends;
mod demo;
mod deploy;
mod e2e;
mod emulator;
mod fuzz;
mod paths;
mod plans;
mod progress;
mod recorded;
mod reference;
mod stack;
mod state;
mod storm;
mod tools;
mod up;

use std::process::ExitCode;

use args::Cli;
use clap::Parser as _;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
