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
use crate::entry::RunRef;

pub(crate) use settle::settle;

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
    let sender = delivery.sender.as_str();
    match &delivery.fact {
        Fact::RedriveRequested(event) => {
            believed(sender, "headgate.dlq-api")?;
            let run = RunRef {
                run_id: event.data.run_id.clone(),
                fingerprint: event.data.fingerprint.clone(),
            };
            advance::advance(redriver, &run, &event.id).await?;
            Ok(Once::First)
        }
        Fact::MessageRedriven(event) => match event.data.outcome {
            RedriveOutcome::Processed => {
                let from = (sender, event.id.as_str());
                let (once, run) = settle::processed(&redriver.flow, from, &event.data).await?;
                if let Some(run) = run {
                    advance::advance(redriver, &run, &event.id).await?;
                }
                Ok(once)
            }
            // dlq-handler has settled it already, in the transaction that let it wait again.
            RedriveOutcome::Returned => {
                believed(sender, "headgate.dlq-handler")?;
                let run = event.data.run_id.clone().zip(event.data.run_group.clone());
                if let Some((run_id, fingerprint)) = run {
                    advance::advance(redriver, &RunRef { run_id, fingerprint }, &event.id).await?;
                }
                Ok(Once::First)
            }
            RedriveOutcome::Sent | RedriveOutcome::Discarded => Ok(Once::First),
        },
        other => Err(Handled::unexpected(other.kind())),
    }
}

/// The bus lets only a function itself send as `headgate.<function>`.
fn believed(sender: &str, only: &str) -> Result<(), Handled> {
    if sender == only {
        return Ok(());
    }
    let reason = format!("only `{only}` can say this, not `{sender}`");
    Err(Handled::poison("sender_not_believed", reason))
}
