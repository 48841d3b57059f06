//! This crate has no code, only dependencies. `Cargo.toml` explains why.
