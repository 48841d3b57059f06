//! The policies against real plans, and what holds for all of them. One program, because linking it takes longer than most tests.
#![allow(clippy::unwrap_used, missing_docs)]

mod bundle;
mod cases;
mod common;
mod corpus;
mod gate;
mod globs;
mod guards;
mod hostile;
mod mutants;
mod scans;
mod texts;
mod trivy;
mod unknown;
