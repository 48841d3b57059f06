#![doc = include_str!("../README.md")]

mod api;
mod checks;
mod config;
mod deps;
mod heartbeat;
mod keys;
mod vend;

pub use api::router;
pub use config::{Config, HeartbeatConfig};
pub use deps::Api;
pub use heartbeat::{Heartbeats, heartbeat_router};
pub use keys::{KeysError, PermitKeys, Place};

/// Namespace of this function's markers. By the marker, a retry finds and publishes the events of a commit
/// whose publication failed.
const PERMITS: &str = "permits";
