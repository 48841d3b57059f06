//! Redrives: sends quarantined messages to their consumer again, on request and step by step, and settles the
//! results.

mod advance;
mod request;
mod settle;

use headgate_artifacts::Artifacts;
use headgate_batch::Resend;
use headgate_events::latest::RedriveOutcome;
use headgate_events::{Delivery, Fact};
use headgate_outbox::{Flow, Handled, Once};

use crate::consumers::Consumers;
use headgate_domain::quarantine::RunRef;

pub(crate) use settle::settle;

pub use request::{Refused, Request, Requested, request};

/// Dependencies of `dlq-redrive`.
#[derive(Debug, Clone)]
pub struct Redriver {
    /// Quarantine table, bus, clock.
    pub flow: Flow,
    /// Bucket of message bodies.
    pub bodies: Artifacts,
    /// Sends messages to the consumers' queues.
    pub resend: Resend,
    /// The deployed consumers.
    pub consumers: Consumers,
    /// Most redrives of one message.
    pub cap: u32,
}

/// Advances a run when it is requested, or when one of its messages is processed or comes back.
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
            Ok(Once::Processed)
        }
        Fact::MessageRedriven(event) => match event.data.outcome {
            RedriveOutcome::Processed => {
                let (once, run) = settle::processed(&redriver.flow, sender, event).await?;
                if let Some(run) = run {
                    advance::advance(redriver, &run, &event.id).await?;
                }
                Ok(once)
            }
            // `dlq-handler` has already settled it, in the transaction that set the entry to waiting.
            RedriveOutcome::Returned => {
                believed(sender, "headgate.dlq-handler")?;
                let run = event.data.run_id.clone().zip(event.data.run_group.clone());
                if let Some((run_id, fingerprint)) = run {
                    advance::advance(redriver, &RunRef { run_id, fingerprint }, &event.id).await?;
                }
                Ok(Once::Processed)
            }
            RedriveOutcome::Sent | RedriveOutcome::Discarded => Ok(Once::Processed),
        },
        other => Err(Handled::unexpected(other.kind())),
    }
}

/// Checks the sender. IAM lets only the function itself send as `headgate.<function>`.
fn believed(sender: &str, only: &str) -> Result<(), Handled> {
    if sender == only {
        return Ok(());
    }
    let reason = format!("only `{only}` may send this event, not `{sender}`");
    Err(Handled::poison("sender_not_trusted", reason))
}
