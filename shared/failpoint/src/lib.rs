#![doc = include_str!("../README.md")]

#[cfg(feature = "enabled")]
mod enabled;

#[cfg(feature = "enabled")]
pub use enabled::{Run, reach, run};

/// A point that a test can end the task at. Does nothing in this build.
#[cfg(not(feature = "enabled"))]
#[inline]
pub async fn reach(_name: &'static str) {}
