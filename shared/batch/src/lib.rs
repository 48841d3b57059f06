#![doc = include_str!("../README.md")]

mod dead_letter;
mod run;

pub use dead_letter::{DeadLetterError, DeadLetterQueue, attribute};
pub use run::{Outcome, Poison, Record, run};
