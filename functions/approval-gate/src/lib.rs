#![doc = include_str!("../README.md")]

mod api;
mod config;
mod expire;
mod keys;
mod notify;
mod open;
mod start;
mod state;

pub use api::{Api, router};
pub use config::{DecideConfig, NotifyConfig, StartConfig, TaskConfig};
pub use expire::{NextSlice, SliceEnd, end_slice};
pub use keys::{KeysError, PermitKeys};
pub use notify::{EndpointsError, Notifier, endpoints, notify};
pub use open::{OpenGate, open};
pub use start::{Gate, handle};
pub use state::GateError;

/// Markers of decisions are the gate's, whichever of its functions commits them: the others must find
/// the outbox to publish it, should that one die.
const GATE: &str = "approval-gate";
