#![doc = include_str!("../README.md")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::missing_panics_doc)]
// Stories may block: nothing else runs on their threads.
#![allow(clippy::disallowed_methods)]

mod approved;
mod beside;
mod bus;
mod dead_letters;
mod emulator;
mod engaged;
pub mod evaluation;
mod plan;
mod processes;
mod proposal;
mod receiver;
pub mod recorded;
mod role;
pub mod storm;
mod tables;
mod uploads;
mod world;

pub use approved::{ACCOUNT, Approved, BOT};
pub use beside::Beside;
pub use bus::Tap;
pub use dead_letters::Notifications;
pub use engaged::Engaged;
pub use plan::{PLAN, PLAN_FILE, plan_file_sha256, plan_hash};
pub use proposal::{Proposal, queue_body};
pub use receiver::{Receiver, Tried};
pub use world::{Answer, World, retries};
