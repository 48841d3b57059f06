#![doc = include_str!("../README.md")]

mod folder;
mod memory;
mod store;
mod uri;

pub use folder::Folder;
pub use memory::{MemoryBudget, Reserved};
pub use store::{ArtifactError, Artifacts, Download, Upload};
pub use uri::{Location, UriError};
