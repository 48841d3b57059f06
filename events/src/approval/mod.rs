//! Events about approvals.

pub mod carried_v1;
pub mod decided_v1;
pub mod decided_v2;
pub mod reminded_v1;
pub mod reminded_v2;
pub mod requested_v1;
pub mod requested_v2;
