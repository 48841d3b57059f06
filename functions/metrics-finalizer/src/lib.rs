#![doc = include_str!("../README.md")]

mod api;
mod config;
mod drift;
mod evaluations;
mod figures;
mod finalize;
mod standing;

pub use api::{Api, router};
pub use config::{Config, QueryConfig};
pub use figures::{Phase, Progress, Scorecard, Summary};
pub use finalize::{Finalizer, handle};
pub use standing::StandingRules;
