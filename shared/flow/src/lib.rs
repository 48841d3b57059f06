#![doc = include_str!("../README.md")]

mod consume;
mod emit;
mod flow;
mod wiring;

pub use consume::{Handled, Refusal, consume};
pub use emit::{Emit, first};
pub use flow::{Attempts, Flow, FlowError};
pub use wiring::{ConsumerConfig, FlowConfig};
