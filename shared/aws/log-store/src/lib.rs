#![doc = include_str!("../README.md")]

mod bucket;
mod places;
mod receipt;
mod state;

pub use bucket::{BucketError, LogBucket, Newest};
pub use places::{Placed, find};
pub use receipt::{NoReceipt, receipt};
pub use state::{Known, LogState};
