//! Events about permits.

pub mod issued_v1;
