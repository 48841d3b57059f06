#![doc = include_str!("../README.md")]

mod admit;
mod api;
mod config;
mod deps;
mod evaluate;
mod identity;
mod oversized;

pub use admit::{Intake, handle};
pub use api::router;
pub use config::{Agents, ApiConfig, IntakeConfig, Registered};
pub use deps::Api;
