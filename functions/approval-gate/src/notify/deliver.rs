//! To everybody at once, to nobody twice.

use std::time::Duration;

use headgate_claims::{Claim, Outcome, RunError};
use headgate_flow::{Handled, Once};
use headgate_runtime::telemetry;
use headgate_webhook::{Endpoint, Endpoints, Message, SendError};
use jiff::Timestamp;

use super::text::Notice;
use super::{EndpointsError, Notifier};

/// Tells all receivers. One that fails does not keep the others from being told; the message stays for it,
/// and whoever refuses for good is named in quarantine, from where it can be sent again.
pub(super) async fn all(
    notifier: &Notifier,
    endpoints: &Result<Endpoints, EndpointsError>,
    (id, at): (&str, Timestamp),
    notice: &Notice,
    remaining: Duration,
) -> Result<Once, Handled> {
    let message = Message { id: id.to_owned(), body: notice.body(at) };
    // Mail and pager do not wait for a list of endpoints that cannot be read.
    let known = endpoints.as_ref().map(|e| e.endpoints.as_slice()).unwrap_or_default();
    let hooks = known.iter().map(|e| hook(notifier, e, &message, remaining));
    let (told, hooks) =
        futures::join!(topic(notifier, id, notice, remaining), futures::future::join_all(hooks));
    let told = told?;
    if let Err(error) = endpoints {
        return Err(Handled::Retry(telemetry::chain(error).into()));
    }
    let mut refused = None;
    let mut first = told == Once::First;
    for told in hooks {
        match told {
            Ok(once) => first |= once == Once::First,
            Err(Handled::Poison(refusal)) => refused = Some(refusal),
            // Another try is due anyway, and then whoever refuses is asked again.
            Err(other) => return Err(other),
        }
    }
    match refused {
        Some(refusal) => Err(Handled::Poison(refusal)),
        None if first => Ok(Once::First),
        None => Ok(Once::Before),
    }
}

async fn topic(
    notifier: &Notifier,
    id: &str,
    notice: &Notice,
    remaining: Duration,
) -> Result<Once, Handled> {
    let key = format!("notify/{id}/topic");
    let claim = Claim::new(&key, id.as_bytes(), remaining);
    let (subject, text) = (notice.subject.as_str(), notice.text());
    let sent = notifier.claims.run(&claim, async |_| notifier.topic.publish(subject, &text).await);
    once(notifier, sent.await?)
}

async fn hook(
    notifier: &Notifier,
    endpoint: &Endpoint,
    message: &Message,
    remaining: Duration,
) -> Result<Once, Handled> {
    let key = format!("notify/{}/webhook/{}", message.id, endpoint.name);
    let claim = Claim::new(&key, message.id.as_bytes(), remaining);
    let now = (notifier.flow.clock)();
    let sent =
        notifier.claims.run(&claim, async |_| notifier.sender.send(endpoint, message, now).await);
    match sent.await {
        Ok(outcome) => once(notifier, outcome),
        Err(RunError::Effect(error @ SendError::Refused { .. })) => {
            Err(Handled::poison("webhook_refused", error.to_string()))
        }
        Err(error) => Err(error.into()),
    }
}

fn once<T>(notifier: &Notifier, outcome: Outcome<T>) -> Result<Once, Handled> {
    match outcome {
        Outcome::Done(_) => Ok(Once::First),
        Outcome::AlreadyDone(_) => Ok(Once::Before),
        Outcome::Busy { until } => Err(notifier.flow.busy(until)),
    }
}
