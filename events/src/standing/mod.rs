//! Events about the standing of models.

pub mod changed_v1;
