#![doc = include_str!("../README.md")]

mod config;
mod sweep;

pub use config::{SweeperConfig, Tables};
pub use sweep::{SweepError, Swept, sweep};
