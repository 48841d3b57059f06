//! Engagements through the API, the consumer and the sweep, on a table in memory.
#![allow(clippy::unwrap_used)]

mod attacks;
mod crashes;
mod create;
mod document;
mod journal;
mod moves;
mod play;
