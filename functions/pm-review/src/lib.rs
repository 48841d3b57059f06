#![doc = include_str!("../README.md")]

mod attached;
mod config;
mod review;

pub use config::Config;
pub use review::{PmReview, handle};
