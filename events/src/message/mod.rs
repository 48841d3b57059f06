//! Events about messages that could not be processed.

pub mod quarantined_v1;
pub mod redriven_v1;
pub mod redriven_v2;
