#![doc = include_str!("../README.md")]

mod api;
mod changes;
mod config;
mod delegations;
mod deliverables;
mod deps;
mod engagements;
mod environments;
mod evaluations;
mod evidence;
mod files;
mod plan;
mod quarantine;
mod reader;
mod record;
mod scorecards;
mod sight;
mod standings;

pub use api::router;
pub use config::Config;
pub use deps::Api;
