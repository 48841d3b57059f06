#![doc = include_str!("../README.md")]

mod account;
mod secrets;
mod topic;

pub use account::{Identity, IdentityError};
pub use secrets::{SecretError, Secrets};
pub use topic::{NotifyError, Topic};
