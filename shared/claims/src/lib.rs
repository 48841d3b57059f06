#![doc = include_str!("../README.md")]

mod claim;
mod error;
mod overflow;
mod record;
mod run;
mod store;

pub use claim::{Claim, Held, OnTimeout, Outcome, remaining};
pub use error::{ClaimError, RunError};
pub use store::{Claims, Clock};
