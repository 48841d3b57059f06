//! Notifies people of requests, reminders, decisions, broken locks, questions and failures. A notification itself decides nothing.

mod changes;
mod deliver;
mod engagements;
mod notice;

use std::time::Duration;

use headgate_clients::Topic;
use headgate_clients::{SecretError, Secrets};
use headgate_domain::engagement::Engagement;
use headgate_domain::records::ChangeHead;
use headgate_engagements::Course;
use headgate_events::{Delivery, EngagementId, Fact};
use headgate_lease::Leases;
use headgate_ledger::Key;
use headgate_outbox::{Flow, Handled, Once};
use headgate_webhook::{EndpointError, Endpoints, Sender};

use notice::Notice;

/// Dependencies of `approval-gate-notify`.
#[derive(Clone)]
pub struct Notifier {
    /// Ledger, clock.
    pub flow: Flow,
    /// One lease for each receiver of each message: a retry for one receiver does not notify the others
    /// twice.
    pub leases: Leases,
    /// SNS topic that mail, chat and pager subscribe to.
    pub topic: Topic,
    /// Reads the secret with the webhook endpoints.
    pub secrets: Secrets,
    /// Name of the secret with the webhook endpoints; if it has no value, there are no endpoints.
    pub webhook_secret: String,
    /// Sends the webhooks.
    pub sender: Sender,
    /// URL of a change for people, with `{change}` in place of its id.
    pub link: Option<String>,
}

/// The list of webhook endpoints could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum EndpointsError {
    /// Secrets Manager failed.
    #[error("cannot read the secret with the webhook endpoints")]
    Secret(#[from] SecretError),
    /// The secret is not a valid list of endpoints.
    #[error("the secret is not a valid list of webhook endpoints")]
    Endpoints(#[from] EndpointError),
}

/// Reads the current endpoints. Called for each batch, so that a removed endpoint is not called again.
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

/// Notifies all receivers of one fact.
///
/// # Errors
/// [`Handled`]. The next try skips receivers that have already been notified.
pub async fn notify(
    notifier: &Notifier,
    endpoints: &Result<Endpoints, EndpointsError>,
    delivery: Delivery,
    remaining: Duration,
) -> Result<Once, Handled> {
    let fact = delivery.fact;
    let found = match &fact {
        Fact::ApprovalRequested(_)
        | Fact::ApprovalReminded(_)
        | Fact::ApprovalDecided(_)
        | Fact::LockBroken(_) => of_change(notifier, &fact).await?,
        _ => of_engagement(notifier, &fact).await?,
    };
    let Some(notice) = found else {
        tracing::info!("nobody waits for it any more; notification skipped");
        return Ok(Once::AlreadyProcessed);
    };
    deliver::all(notifier, endpoints, (fact.id(), fact.time()), &notice, remaining).await
}

/// The notice about a change; `None` if a newer revision superseded the one that it is about.
async fn of_change(notifier: &Notifier, fact: &Fact) -> Result<Option<Notice>, Handled> {
    let head = notifier.flow.ledger.get::<ChangeHead>(&Key::change(&fact.change())).await?;
    let Some(head) = head else {
        return Err(Handled::poison("change_unknown", "the ledger has no such change"));
    };
    let head = &head.value;
    // Send requests and reminders only for the current revision. Send decisions for any revision.
    let (asked, notice) = match fact {
        Fact::ApprovalRequested(event) => {
            (Some(event.data.revision), Notice::requested(head, &event.data))
        }
        Fact::ApprovalReminded(event) => {
            (Some(event.data.revision), Notice::reminded(head, &event.data))
        }
        Fact::ApprovalDecided(event) => (None, Notice::decided(head, &event.data)),
        Fact::LockBroken(event) => (None, Notice::broken(head, &event.data, &event.actor().id)),
        other => return Err(Handled::unexpected(other.kind())),
    };
    let current = asked.is_none_or(|revision| revision == head.revision);
    Ok(current.then(|| notice.linked(notifier.link.as_deref())))
}

/// The notice about an engagement; `None` if it does not wait for this any more.
async fn of_engagement(notifier: &Notifier, fact: &Fact) -> Result<Option<Notice>, Handled> {
    let subject = fact.change();
    let id = EngagementId::from(subject.as_str().split('/').next().unwrap_or_default());
    let ledger = &notifier.flow.ledger;
    let engagement = ledger.get::<Engagement>(&Key::engagement(&id)).await?;
    let course = ledger.get::<Course>(&Key::course(&id)).await?;
    let (Some(engagement), Some(course)) = (engagement, course) else {
        return Err(Handled::poison("engagement_unknown", "the ledger has no such engagement"));
    };
    engagements::notice(&engagement.value, &course.value, fact)
        .map_err(|_| Handled::unexpected(fact.kind()))
}
