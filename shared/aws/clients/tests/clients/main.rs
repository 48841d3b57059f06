//! Clients over mocked services.
#![allow(clippy::unwrap_used, missing_docs)]

mod account;
mod kms;
mod secrets;
mod topic;
