#![doc = include_str!("../README.md")]

pub mod aws;
pub mod config;
pub mod telemetry;
pub mod trace;
pub mod variables;
mod zipped;

/// Returns the current time. Tests use a function that returns a fixed time.
pub type Clock = fn() -> jiff::Timestamp;

/// Version of the source that this binary was built from.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Time left of a Lambda invocation. The Lambda runtime gives the deadline in milliseconds since 1970.
#[must_use]
pub fn remaining(deadline_ms: u64) -> std::time::Duration {
    let now = u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap_or_default();
    std::time::Duration::from_millis(deadline_ms.saturating_sub(now))
}
