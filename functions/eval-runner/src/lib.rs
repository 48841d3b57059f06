#![doc = include_str!("../README.md")]

pub mod case;
pub mod collect;
mod config;
pub mod plan;
mod reported;
mod suites;
pub mod sweep;

pub use config::{CaseConfig, Common, PlanConfig};
pub use suites::{Suites, SuitesError};
