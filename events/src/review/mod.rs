//! Events about reviews.

pub mod completed_v1;
pub mod completed_v2;
