//! Facts over mocked tables: timelines, figures, ends, and what nobody can forge.
#![allow(clippy::unwrap_used, missing_docs)]

mod drift;
mod finalize;
mod forged;
mod history;
mod order;
mod recount;
