#![doc = include_str!("../README.md")]
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod args;
mod figures;
mod tables;

use anyhow::Result;
use headgate_runtime::aws;

pub use args::Args;
use args::Command;

/// Runs a command. Returns whether nothing is left to do.
///
/// # Errors
/// If the tables cannot be restored, read or written.
pub async fn run(args: Args) -> Result<bool> {
    let sdk = aws::config().await;
    match args.command {
        Command::Tables(wanted) => {
            tables::restore(&headgate_ledger::Tables::connect(&sdk), &wanted, args.json).await?;
            Ok(true)
        }
        Command::Figures(names) => {
            let counted = figures::count(&sdk, &names).await?;
            figures::print(&counted, args.json)?;
            Ok(counted.problems.is_empty())
        }
    }
}
