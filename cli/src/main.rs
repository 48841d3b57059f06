//! The `headgate` command.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match headgate::run(headgate::Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
