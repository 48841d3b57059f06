#![doc = include_str!("../README.md")]

mod api;
mod carry;
mod config;
mod deps;
mod expire;
mod lost;
mod notify;
mod open;
mod start;
mod state;
mod supersede;
mod sweep;

pub use api::router;
pub use config::{DecideConfig, NotifyConfig, StartConfig, SweepConfig, TaskConfig};
pub use deps::Api;
pub use expire::{NextSlice, SliceEnd, SliceState, end_slice};
pub use notify::{EndpointsError, Notifier, endpoints, notify};
pub use open::{OpenGate, open};
pub use start::{Gate, handle};
pub use state::GateError;
pub use sweep::{SweepError, Sweeper, Swept, sweep};

/// Namespace of the gate's markers. All functions of the gate share it: if one dies between commit and
/// publish, another one finds the marker and publishes the outbox.
const GATE: &str = "approval-gate";
