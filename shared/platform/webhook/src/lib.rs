#![doc = include_str!("../README.md")]

mod endpoint;
mod secret;
mod send;

pub use endpoint::{Endpoint, EndpointError, Endpoints};
pub use secret::{Secret, SecretError};
pub use send::{Message, SendError, Sender};
