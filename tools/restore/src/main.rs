//! Restores the tables of a fleet.
#![allow(clippy::print_stderr)]

use std::process::ExitCode;

use clap::Parser as _;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match headgate_restore::run(headgate_restore::Args::parse()).await {
        // 1 if something is left to do.
        Ok(complete) => ExitCode::from(u8::from(!complete)),
        Err(error) => {
            eprintln!("headgate-restore: {error:#}");
            ExitCode::from(3)
        }
    }
}
