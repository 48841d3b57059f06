#![doc = include_str!("../README.md")]
// A command-line program may block, and may read environment variables.
#![allow(clippy::disallowed_methods)]

mod api;
mod args;
mod aws;
mod commands;
mod config;
mod fail;
mod folder;
mod input;
mod log_reader;
mod output;
mod scans;
mod seen;
pub mod token;
mod uri;
mod values;

pub use args::Cli;
pub use commands::run;
pub use fail::Failure;
