#![doc = include_str!("../README.md")]

pub mod aws;
pub mod config;
pub mod telemetry;
pub mod trace;
mod zipped;

/// Where the current time comes from; tests pass a function that returns a literal instant.
pub type Clock = fn() -> jiff::Timestamp;

/// Version of the source that this was built from.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What is left of an invocation, whose deadline the runtime gives in milliseconds since 1970.
#[must_use]
pub fn remaining(deadline_ms: u64) -> std::time::Duration {
    let now = u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap_or_default();
    std::time::Duration::from_millis(deadline_ms.saturating_sub(now))
}
