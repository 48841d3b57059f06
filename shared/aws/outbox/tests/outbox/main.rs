//! Messages over mocked services: once, one by one and together.
#![allow(clippy::unwrap_used, missing_docs)]

mod consume;
mod consume_together;
mod once;
mod overlap;
