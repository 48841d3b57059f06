//! Messages that could not be processed, and the runs that redrive them. Pure.

mod entry;
mod group;

pub use entry::{Entry, RunRef, State};
pub use group::{Arrival, Group, Run, RunState};
