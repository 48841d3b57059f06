//! Events about the phases of engagements.

pub mod breached_v1;
pub mod completed_v1;
pub mod decided_v1;
pub mod failed_v1;
pub mod reminded_v1;
pub mod requested_v1;
pub mod reviewed_v1;
pub mod skipped_v1;
pub mod started_v1;
pub mod submitted_v1;
