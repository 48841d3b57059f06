#![doc = include_str!("../README.md")]

mod api;
mod config;
mod entry;
mod quarantine;
mod triage;

pub use api::{Api, router};
pub use config::{ApiConfig, Config};
pub use entry::Entry;
pub use quarantine::{Quarantine, handle};
pub use triage::{Triage, triage};
