#![doc = include_str!("../README.md")]

mod config;
mod deps;
mod drift;
mod end;
mod figures;
mod finalize;
mod recount;
mod senders;
mod standing;
mod standing_rules;
mod together;

pub use config::Config;
pub use deps::Finalizer;
pub use end::OutOfStep;
pub use finalize::handle;
pub use recount::{RecountError, recount};
pub use senders::Senders;
pub use standing_rules::StandingRules;
pub use together::handle_together;
