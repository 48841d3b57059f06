//! Events about redrive runs. A run sends one group of quarantined messages to its consumer again.

pub mod ended_v1;
pub mod requested_v1;
