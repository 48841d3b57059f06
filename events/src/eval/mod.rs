//! Events about evaluations of models.

pub mod case_completed_v1;
pub mod case_requested_v1;
pub mod requested_v1;
pub mod run_completed_v1;
pub mod sweep_requested_v1;
