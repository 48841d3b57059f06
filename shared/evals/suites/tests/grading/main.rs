//! Suites: reading them, grading answers, and what is reported.
#![allow(clippy::unwrap_used, missing_docs)]

mod graders;
mod malformed;
mod prompt;
mod report;
mod review_judgement;
mod terraform_basics;
