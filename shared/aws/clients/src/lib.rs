#![doc = include_str!("../README.md")]

mod account;
mod kms;
mod roles;
mod secrets;
mod topic;

pub use account::{Identity, IdentityError};
pub use kms::{KmsError, PublicHalf, SigningKeys};
pub use roles::{Assume, AssumeError, Roles, Session};
pub use secrets::{SecretError, Secrets};
pub use topic::{NotifyError, Topic};
