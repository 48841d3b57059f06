//! People are told: of a request, of a reminder, of the decision. What they are told decides nothing.

mod deliver;
mod text;

use std::time::Duration;

use headgate_claims::Claims;
use headgate_events::{Delivery, Fact};
use headgate_flow::{Flow, Handled, Once};
use headgate_ledger::{ChangeHead, Key};
use headgate_notify::Topic;
use headgate_secrets::{SecretError, Secrets};
use headgate_webhook::{EndpointError, Endpoints, Sender};

use text::Notice;

/// What `approval-gate-notify` works with.
#[derive(Clone)]
pub struct Notifier {
    /// Ledger, clock.
    pub flow: Flow,
    /// One claim for each receiver of each message: nobody is told twice because another was not.
    pub claims: Claims,
    /// Mail, chat, pager.
    pub topic: Topic,
    /// Where the endpoints are.
    pub secrets: Secrets,
    /// Secret with the endpoints; without a value there are none.
    pub webhook_secret: String,
    /// Sends to them.
    pub sender: Sender,
    /// Where a person sees a change, with `{change}` for its id.
    pub link: Option<String>,
}

/// Nobody knows whom to tell.
#[derive(Debug, thiserror::Error)]
pub enum EndpointsError {
    /// Secrets Manager failed.
    #[error("the webhook endpoints cannot be read")]
    Secret(#[from] SecretError),
    /// The secret holds something else.
    #[error("the webhook endpoints cannot be used")]
    Endpoints(#[from] EndpointError),
}

/// The endpoints as they are now. Read for each batch: an endpoint that was taken out is not called again.
///
/// # Errors
/// [`EndpointsError`].
pub async fn endpoints(notifier: &Notifier) -> Result<Endpoints, EndpointsError> {
    match notifier.secrets.get(&notifier.webhook_secret).await {
        Ok(json) => Ok(Endpoints::parse(&json)?),
        Err(SecretError::Empty(_)) => Ok(Endpoints::default()),
        Err(error) => Err(error.into()),
    }
}

/// Tells everybody of one fact.
///
/// # Errors
/// [`Handled`]; whoever was told is not told again on the next try.
pub async fn notify(
    notifier: &Notifier,
    endpoints: &Result<Endpoints, EndpointsError>,
    delivery: Delivery,
    remaining: Duration,
) -> Result<Once, Handled> {
    let fact = delivery.fact;
    let head = notifier.flow.ledger.get::<ChangeHead>(&Key::change(fact.subject())).await?;
    let Some(head) = head else {
        return Err(Handled::poison("change_unknown", "the ledger has no such change"));
    };
    let head = &head.value;
    // Whoever is asked is asked of what is current; a decision is told whatever came after it.
    let (asked, notice) = match &fact {
        Fact::ApprovalRequested(event) => {
            (Some(event.data.revision), Notice::requested(head, &event.data))
        }
        Fact::ApprovalReminded(event) => {
            (Some(event.data.revision), Notice::reminded(head, &event.data))
        }
        Fact::ApprovalDecided(event) => (None, Notice::decided(head, &event.data)),
        other => return Err(Handled::unexpected(other.kind())),
    };
    if let Some(revision) = asked.filter(|r| *r != head.revision) {
        tracing::info!(change.revision = revision, "superseded before anybody was told");
        return Ok(Once::Before);
    }
    let notice = notice.linked(notifier.link.as_deref());
    deliver::all(notifier, endpoints, (fact.id(), fact.time()), &notice, remaining).await
}
