#![doc = include_str!("../README.md")]

mod memory;
mod store;
mod uri;

pub use memory::{MemoryBudget, Reserved};
pub use store::{ArtifactError, Artifacts, Upload};
pub use uri::{Location, UriError};
