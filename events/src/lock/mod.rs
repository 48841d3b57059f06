//! Events about the lock of an environment.

pub mod broken_v1;
