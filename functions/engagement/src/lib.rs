#![doc = include_str!("../README.md")]

mod advance;
mod api;
mod config;
mod consume;
mod deps;
mod emit;
mod store;
mod sweep;

pub use api::router;
pub use config::{ApiConfig, ConsumeConfig, SweepConfig};
pub use consume::handle;
pub use deps::Api;
pub use sweep::{SweepError, Swept, sweep};
