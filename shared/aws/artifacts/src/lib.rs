#![doc = include_str!("../README.md")]

mod store;
mod uri;

pub use store::{ArtifactError, Artifacts, Upload};
pub use uri::{Location, UriError};
