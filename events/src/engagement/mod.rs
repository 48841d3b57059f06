//! Events about engagements.

pub mod cancelled_v1;
pub mod completed_v1;
pub mod failed_v1;
pub mod messaged_v1;
pub mod noted_v1;
pub mod resumed_v1;
pub mod started_v1;
pub mod surveyed_v1;
