#![doc = include_str!("../README.md")]

mod candidate;
mod case;
mod evidence;
pub mod grade;
mod price;
pub mod prompt;
mod reply;
pub mod report;
mod run;
mod standing;
pub mod suite;

pub use candidate::{Candidate, CandidateError, is_model};
pub use case::{CaseResult, MAX_CASES, cases, graded};
pub use evidence::{Evidence, Exchange};
pub use headgate_events::evaluation::{CaseId, CaseOutcome, Grade, Skip, Usage};
pub use price::{Price, usd};
pub use reply::{MAX_REPLY, Reply, Text};
pub use run::{Budget, CaseRecord, Counts, Hold, RunHead, RunStatus, totals};
pub use standing::{Ceilings, Standing};
