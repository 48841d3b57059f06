#![doc = include_str!("../README.md")]

mod dead_letter;
mod limits;
mod outcome;
mod record;
mod resend;
mod run;
mod tally;

pub use dead_letter::attribute;
pub use limits::{Backoff, BatchLimits};
pub use outcome::{Poison, RecordOutcome};
pub use record::Record;
pub use resend::{Resend, ResendError};
pub use run::{RETRIES_EXHAUSTED, Runner};
