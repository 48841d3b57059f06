//! Events about questions of agents.

pub mod answered_v1;
pub mod raised_v1;
pub mod reminded_v1;
