#![doc = include_str!("../README.md")]

mod config;
mod sweep;

pub use config::SweeperConfig;
pub use sweep::{SweepError, Swept, sweep};
