#![doc = include_str!("../README.md")]

mod append;
mod batch;
mod collect;
mod config;
mod deps;
mod error;
mod follow;
mod found;
mod publish;
mod read;
mod run;
mod spawned;

pub use config::LogConfig;
pub use deps::Log;
pub use error::LogError;
pub use found::Found;
pub use run::{Ran, run};
