#![doc = include_str!("../README.md")]

pub mod aws;
pub mod config;
pub mod telemetry;
pub mod trace;

/// Where the current time comes from; tests pass a function that returns a literal instant.
pub type Clock = fn() -> jiff::Timestamp;

/// Version of this build, as logs, dead letters and fingerprints name it.
pub const BUILD: &str = env!("CARGO_PKG_VERSION");
