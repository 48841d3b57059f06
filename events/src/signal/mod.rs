//! Events about measurements from outside the fleet.

pub mod recorded_v1;
