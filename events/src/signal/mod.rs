//! Events about measurements from outside.

pub mod recorded_v1;
