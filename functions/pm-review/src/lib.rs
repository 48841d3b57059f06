#![doc = include_str!("../README.md")]

mod attached;
mod config;
mod handle;
mod phase;
mod review;

pub use config::Config;
pub use handle::handle;
pub use review::PmReview;
