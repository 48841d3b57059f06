//! What an event is about: a change, or a phase of an engagement.

use headgate_events::{Delivery, Fact};
use headgate_outbox::{Handled, Once};

use crate::review::PmReview;
use crate::{phase, review};

/// Reviews one revision of a change, or the result of one attempt at a phase.
///
/// # Errors
/// [`Handled`].
pub async fn handle(pm: &PmReview, delivery: Delivery) -> Result<Once, Handled> {
    match &delivery.fact {
        Fact::ChangeAccepted(event) => review::reviewed(pm, &delivery.fact, event).await,
        Fact::PhaseSubmitted(event) => phase::reviewed(pm, &delivery.fact, event).await,
        other => Err(Handled::unexpected(other.kind())),
    }
}
