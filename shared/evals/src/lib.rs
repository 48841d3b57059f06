#![doc = include_str!("../README.md")]

mod candidate;
mod case;
pub mod grade;
mod price;
pub mod prompt;
mod reply;
pub mod report;
mod standing;
pub mod suite;

pub use candidate::{Candidate, CandidateError, is_model};
pub use case::{CaseId, CaseResult, MAX_CASES, Outcome, Skip, Usage, cases};
pub use price::{Price, usd};
pub use reply::{MAX_REPLY, Reply, Text};
pub use standing::{Ceilings, Standing};
