#![doc = include_str!("../README.md")]

mod api;
mod config;
mod consumers;
mod discard;
mod quarantine;
mod redrive;
mod timeline;
mod triage;

pub use api::{Api, router};
pub use config::{ApiConfig, Common, Config, RedriveConfig};
pub use consumers::{Consumers, Deployed};
pub use quarantine::{Quarantine, handle};
pub use redrive::{Redriver, handle as redrive};
pub use timeline::TIMELINE;
pub use triage::{EventRef, Triage, triage};
