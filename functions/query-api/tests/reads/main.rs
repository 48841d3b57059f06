//! Every read over mocked services.
#![allow(clippy::unwrap_used, missing_docs)]

mod api;
mod evidence;
mod files;
