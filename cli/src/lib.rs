#![doc = include_str!("../README.md")]

mod api;
mod args;
mod aws;
mod commands;
mod config;
mod fail;
mod output;
pub mod token;

pub use args::Cli;
pub use commands::run;
pub use fail::Failure;
