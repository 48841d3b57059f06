//! Events about delegations.

pub mod changed_v1;
