//! Events about a change.

pub mod accepted_v1;
pub mod executed_v1;
pub mod finalized_v1;
pub mod proposed_v1;
pub mod proposed_v2;
pub mod refused_v1;
