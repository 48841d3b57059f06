#![doc = include_str!("../README.md")]

mod admit;
mod api;
mod config;
mod deps;
mod engagements;
mod evaluate;
mod identity;
mod publish;
mod roles;

pub use admit::{Intake, handle};
pub use api::router;
pub use config::{ApiConfig, IntakeConfig};
pub use deps::Api;
