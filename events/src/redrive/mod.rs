//! Events about runs of redrives: one group of quarantined messages, sent to its consumer again.

pub mod ended_v1;
pub mod requested_v1;
