//! Delivers one notice to all receivers in parallel, and to each of them once.

use std::time::Duration;

use headgate_lease::{LeaseOutcome, LeaseRequest, RunError};
use headgate_outbox::{Handled, Once};
use headgate_runtime::telemetry;
use headgate_webhook::{Endpoint, Endpoints, Message, SendError};
use jiff::Timestamp;

use super::notice::Notice;
use super::{EndpointsError, Notifier};

/// Notifies all receivers. If one fails, the others are still notified, and the message is retried for the
/// one that failed. If a webhook refuses for good, the message goes to quarantine and can be redriven from
/// there.
pub(super) async fn all(
    notifier: &Notifier,
    endpoints: &Result<Endpoints, EndpointsError>,
    (id, at): (&str, Timestamp),
    notice: &Notice,
    remaining: Duration,
) -> Result<Once, Handled> {
    let message = Message { id: id.to_owned(), body: notice.body(at) };
    // Notify the topic even if the list of webhook endpoints cannot be read.
    let known = endpoints.as_ref().map(|e| e.endpoints.as_slice()).unwrap_or_default();
    let hooks = known.iter().map(|e| hook(notifier, e, &message, remaining));
    let (told, hooks) =
        futures::join!(topic(notifier, id, notice, remaining), futures::future::join_all(hooks));
    let told = told?;
    if let Err(error) = endpoints {
        return Err(Handled::Retry(telemetry::chain(error).into()));
    }
    let mut refused = None;
    let mut first = told == Once::Processed;
    for told in hooks {
        match told {
            Ok(once) => first |= once == Once::Processed,
            Err(Handled::Poison(refusal)) => refused = Some(refusal),
            // The message is retried anyway, and the retry calls endpoints that refused again.
            Err(other) => return Err(other),
        }
    }
    match refused {
        Some(refusal) => Err(Handled::Poison(refusal)),
        None if first => Ok(Once::Processed),
        None => Ok(Once::AlreadyProcessed),
    }
}

async fn topic(
    notifier: &Notifier,
    id: &str,
    notice: &Notice,
    remaining: Duration,
) -> Result<Once, Handled> {
    let key = format!("notify/{id}/topic");
    let request = LeaseRequest::new(&key, id.as_bytes(), remaining);
    let (subject, text) = (notice.subject.as_str(), notice.text());
    let sent =
        notifier.leases.run(&request, async |_| notifier.topic.publish(subject, &text).await);
    once(notifier, sent.await?)
}

async fn hook(
    notifier: &Notifier,
    endpoint: &Endpoint,
    message: &Message,
    remaining: Duration,
) -> Result<Once, Handled> {
    let key = format!("notify/{}/webhook/{}", message.id, endpoint.name);
    let request = LeaseRequest::new(&key, message.id.as_bytes(), remaining);
    let now = (notifier.flow.clock)();
    let sent =
        notifier.leases.run(&request, async |_| notifier.sender.send(endpoint, message, now).await);
    match sent.await {
        Ok(outcome) => once(notifier, outcome),
        Err(RunError::Effect(error @ SendError::Refused { .. })) => {
            Err(Handled::poison("webhook_refused", error.to_string()))
        }
        Err(error) => Err(error.into()),
    }
}

fn once<T>(notifier: &Notifier, outcome: LeaseOutcome<T>) -> Result<Once, Handled> {
    match outcome {
        LeaseOutcome::Done(_) => Ok(Once::Processed),
        LeaseOutcome::AlreadyDone(_) => Ok(Once::AlreadyProcessed),
        LeaseOutcome::Busy { until } => Err(notifier.flow.busy(until)),
    }
}
