//! Events about permits.

pub mod issued_v1;
pub mod refused_v1;
pub mod used_v1;
