//! Sending quarantined messages to their consumer again: asked for, sent step by step, settled.

mod advance;
mod request;
mod settle;

use headgate_artifacts::Artifacts;
use headgate_batch::Resend;
use headgate_events::latest::RedriveOutcome;
use headgate_events::{Delivery, Fact};
use headgate_flow::{Flow, Handled, Once};

use crate::consumers::Consumers;

pub use request::{Refused, Request, Requested, request};

/// What the redriver works with.
#[derive(Debug, Clone)]
pub struct Redriver {
    /// Quarantine table, bus, clock.
    pub flow: Flow,
    /// Bucket of bodies.
    pub bodies: Artifacts,
    /// The queues.
    pub resend: Resend,
    /// What is deployed.
    pub consumers: Consumers,
    /// Most redrives of one message.
    pub cap: u32,
}

/// Moves a run on: it was asked for, or a message of it was processed or came back.
///
/// # Errors
/// [`Handled`].
pub async fn handle(redriver: &Redriver, delivery: Delivery) -> Result<Once, Handled> {
    match &delivery.fact {
        Fact::RedriveRequested(event) => {
            let (fingerprint, run_id) = (&event.data.fingerprint, &event.data.run_id);
            // Nothing is settled by a request, so every delivery of it does the same.
            advance::advance(redriver, fingerprint, run_id, true).await?;
            Ok(Once::First)
        }
        Fact::MessageRedriven(event) => match event.data.outcome {
            RedriveOutcome::Processed | RedriveOutcome::Returned => {
                let (once, run) = settle::settle(&redriver.flow, &event.id, &event.data).await?;
                if let Some(run) = run {
                    let again = once == Once::Before;
                    advance::advance(redriver, &run.fingerprint, &run.run_id, again).await?;
                }
                Ok(once)
            }
            RedriveOutcome::Sent | RedriveOutcome::Discarded => Ok(Once::First),
        },
        other => Err(Handled::unexpected(other.kind())),
    }
}
