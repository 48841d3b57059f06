#![doc = include_str!("../README.md")]

mod consume;
mod consume_together;
mod emit;
mod flow;
mod handled;
mod origins;
mod oversized;
mod redrive;
mod sources;
mod together;
mod wiring;

pub use consume::Consumer;
pub use emit::{Emit, first};
pub use flow::{Attempts, Flow, FlowError, Once};
pub use handled::{Handled, Refusal};
pub use origins::Origins;
pub use oversized::{not_accepted, not_stored};
pub use redrive::Mark;
pub use sources::Sources;
pub use wiring::{ConsumerConfig, FlowConfig, RunnerConfig, Tables};
