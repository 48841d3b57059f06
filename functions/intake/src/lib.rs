#![doc = include_str!("../README.md")]

mod admit;
mod api;
mod config;
mod evaluate;
mod identity;

pub use admit::{Intake, handle};
pub use api::{Api, router};
pub use config::{ApiConfig, IntakeConfig};
