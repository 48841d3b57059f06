#![doc = include_str!("../README.md")]

mod bundle;
mod report;

pub use bundle::{Bundle, BundleError};
pub use report::{Report, ReviewError, Subject, review};
