#![doc = include_str!("../README.md")]

mod asked;
mod bedrock;
mod call;
mod config;
mod openai;
mod throttle;

pub use asked::{Asked, CallError};
pub use call::{Called, Caller};
pub use config::{Model, ModelProvider, Models, ModelsError, RateLimits};
pub use throttle::{Throttle, Wait};
