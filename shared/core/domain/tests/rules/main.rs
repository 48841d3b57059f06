//! What is admitted, hashed, carried over and recorded.
#![allow(clippy::print_stderr, clippy::unwrap_used, missing_docs)]

mod carry;
mod common;
mod content;
mod gate;
mod gate_model;
mod plan;
mod plan_hashes;
mod present;
mod timeline;
