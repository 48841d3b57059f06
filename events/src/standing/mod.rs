//! Events about what models have earned.

pub mod changed_v1;
