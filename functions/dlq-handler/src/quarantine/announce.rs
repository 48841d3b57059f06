//! One notification for each new fault, not for each message.

use std::time::Duration;

use headgate_claims::{Claim, Outcome};
use headgate_flow::Handled;

use super::Quarantine;
use crate::triage::Triage;

/// Tells people of a fingerprint that nobody was told of. A notification cannot be taken back, so it is
/// sent under a claim; if its owner dies, one too many is better than none.
pub(super) async fn announce(
    quarantine: &Quarantine,
    found: &Triage,
    remaining: Duration,
) -> Result<(), Handled> {
    let fingerprint = found.fingerprint();
    let key = format!("quarantine/{fingerprint}");
    let claim = Claim::new(&key, fingerprint.as_bytes(), remaining);
    let subject = format!("Quarantine: {} in {}", found.error_type, found.consumer);
    let text = format!(
        "`{}` could not process a message: {}\n\nerror     {}\nevent     {}\nbuild     {}\ngroup     {fingerprint}\n\n\
         See all of its kind with `headgate dlq show {}`.\n\
         Further messages of this group are not announced.\n",
        found.consumer,
        found.reason,
        found.error_type,
        found.kind().unwrap_or_else(|| "unreadable".to_owned()),
        found.build.as_deref().unwrap_or("unknown"),
        fingerprint.get(..12).unwrap_or(&fingerprint),
    );
    match quarantine
        .claims
        .run(&claim, async |_| quarantine.topic.publish(&subject, &text).await)
        .await?
    {
        Outcome::Done(_) | Outcome::AlreadyDone(_) => Ok(()),
        Outcome::Busy { until } => Err(quarantine.flow.busy(until)),
    }
}
