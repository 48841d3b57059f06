//! Events about engagements.

pub mod cancelled_v1;
pub mod completed_v1;
pub mod failed_v1;
pub mod resumed_v1;
pub mod started_v1;
