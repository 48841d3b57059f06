#![doc = include_str!("../README.md")]

pub mod artifacts;
pub mod changes;
pub mod decisions;
pub mod delegations;
pub mod engagements;
pub mod environments;
pub mod evaluations;
pub mod permits;
mod problem;
pub mod quarantine;
pub mod record;
pub mod scorecards;
pub mod standings;

pub use problem::Problem;
