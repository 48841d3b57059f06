//! Goes on with an engagement when its phase was reviewed or decided on.

use headgate_events::{ChangeId, Delivery, EngagementId, Fact};
use headgate_ledger::Transition;
use headgate_outbox::{Emit, Flow, Handled, Once};

use crate::advance::look;
use crate::store::StoreError;

/// Looks at the engagement that an event is about.
///
/// # Errors
/// [`Handled`].
pub async fn handle(flow: &Flow, delivery: Delivery) -> Result<Once, Handled> {
    let fact = delivery.fact;
    let (Fact::PhaseReviewed(_) | Fact::PhaseDecided(_)) = &fact else {
        return Err(Handled::unexpected(fact.kind()));
    };
    let Some(id) = engagement_of(&fact.change()) else {
        return Err(Handled::poison("subject_invalid", "the subject is no phase of an engagement"));
    };
    let seen = flow.once(fact.id(), async || -> Result<_, StoreError> {
        let now = (flow.clock)();
        let emit = Emit::after(flow.function, now, &fact).within(&id);
        let found = look(&flow.ledger, &id, &emit, now).await?;
        Ok(found.map_or_else(Transition::new, |found| found.transition))
    });
    Ok(seen.await?)
}

/// The engagement in a subject like `<engagement>/<phase>`.
fn engagement_of(subject: &ChangeId) -> Option<EngagementId> {
    let (engagement, _) = subject.as_str().split_once('/')?;
    Some(EngagementId::from(engagement))
}
