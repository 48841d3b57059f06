//! Sends one notification for each new group, not for each message.

use std::time::Duration;

use headgate_lease::{LeaseOutcome, LeaseRequest};
use headgate_outbox::Handled;

use super::Quarantine;
use crate::triage::Triage;

/// Announces a fingerprint that has not been announced yet. The notification is sent under a lease, so that
/// it is sent once. If the owner of the lease dies, it may be sent twice, which is better than never.
pub(super) async fn announce(
    quarantine: &Quarantine,
    found: &Triage,
    remaining: Duration,
) -> Result<(), Handled> {
    let fingerprint = found.fingerprint();
    let key = format!("quarantine/{fingerprint}");
    let request = LeaseRequest::new(&key, fingerprint.as_bytes(), remaining);
    let subject = format!("Message quarantined: {} in {}", found.error_type, found.consumer);
    let text = format!(
        "`{}` could not process a message: {}\n\nerror     {}\nevent     {}\nbuild     {}\ngroup     {fingerprint}\n\n\
         To see the messages of this group, run `headgate dlq show {}`.\n\
         You are notified only once for each group.\n",
        found.consumer,
        found.reason,
        found.error_type,
        found.kind().unwrap_or_else(|| "unreadable".to_owned()),
        found.build.as_deref().unwrap_or("unknown"),
        fingerprint.get(..12).unwrap_or(&fingerprint),
    );
    match quarantine
        .leases
        .run(&request, async |_| quarantine.topic.publish(&subject, &text).await)
        .await?
    {
        LeaseOutcome::Done(_) | LeaseOutcome::AlreadyDone(_) => Ok(()),
        LeaseOutcome::Busy { until } => Err(quarantine.flow.busy(until)),
    }
}
