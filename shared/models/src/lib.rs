#![doc = include_str!("../README.md")]

mod bedrock;
mod call;
mod config;
mod limit;
mod openai;

pub use call::{Asked, CallError, Called, Caller};
pub use config::{Limits, Model, Models, ModelsError, Provider};
pub use limit::{Gate, Wait};
