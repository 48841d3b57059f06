#![doc = include_str!("../README.md")]

mod admit;
mod agents;
mod api;
mod config;
mod deps;
mod engage;
mod evaluate;
mod identity;
mod oversized;
mod publish;
mod roles;

pub use admit::{Intake, handle};
pub use agents::{Agents, Registered};
pub use api::router;
pub use config::{ApiConfig, IntakeConfig};
pub use deps::Api;
