//! Handlers under test, in milliseconds and without an emulator.
//!
//! The handlers talk to the real SDK clients; the responses are mocked below them, at the HTTP layer. There is no second
//! storage: reads return the items that a test put there, writes are only recorded, and a test scripts refusals.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod api;
mod aws;
mod bucket;
mod contract;
mod engaged;
mod events;
mod fixtures;
mod log_files;
mod mask;

pub use api::{Answer, Caller, verifier};
pub use aws::{Aws, Refusal};
pub use bucket::bucket;
pub use engaged::{WORKER, phased, reviewing, submission, worker, working};
pub use events::delivery;
pub use fixtures::*;
pub use log_files::LogFiles;

use jiff::Timestamp;

/// The current time in every test: 2026-11-02T10:00:00Z.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp::new(1_793_613_600, 0).expect("a valid time")
}
