//! Events about reviews.

pub mod completed_v1;
