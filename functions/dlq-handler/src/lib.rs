#![doc = include_str!("../README.md")]

mod api;
mod config;
mod consumers;
mod discard;
mod entry;
mod group;
mod quarantine;
mod redrive;
mod triage;

pub use api::{Api, router};
pub use config::{ApiConfig, Common, Config, RedriveConfig};
pub use consumers::{Consumers, Deployed};
pub use entry::{Entry, RunRef, State};
pub use group::{Arrival, Group, Run, RunState};
pub use quarantine::{Quarantine, TIMELINE, handle};
pub use redrive::{Redriver, handle as redrive};
pub use triage::{EventRef, Triage, triage};
