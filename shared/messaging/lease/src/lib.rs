#![doc = include_str!("../README.md")]

mod error;
mod overflow;
mod record;
mod request;
mod run;
mod store;

pub use error::{LeaseError, RunError};
pub use request::{Lease, LeaseOutcome, LeaseRequest, OnTimeout, remaining};
pub use store::{LeaseClock, Leases};
