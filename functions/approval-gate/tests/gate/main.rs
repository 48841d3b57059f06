//! The handlers over mocked services, and the workflow.
#![allow(clippy::unwrap_used, missing_docs)]

mod carry;
mod decide;
mod phases;
mod strangers;
mod sweep;
mod workflow;
