//! Looks whether an engagement can go on: what its review says, what people decided, what time it is.

use headgate_domain::approval::Approval;
use headgate_engagements::{Command, Course, PhaseReview, Status};
use headgate_events::EngagementId;
use headgate_ledger::{Key, Ledger, Stored, Transition};
use headgate_outbox::Emit;
use jiff::Timestamp;

use crate::store::{StoreError, moved};

/// A move, and what it begins with.
pub(crate) struct Move {
    pub(crate) before: Stored<Course>,
    pub(crate) transition: Transition,
}

/// Looks at an engagement, and returns what is to be written; `None` if nothing follows. Only the ledger and the clock say what follows,
/// never the event that made somebody look.
pub(crate) async fn look(
    ledger: &Ledger,
    id: &EngagementId,
    emit: &Emit,
    now: Timestamp,
) -> Result<Option<Move>, StoreError> {
    let Some(before) = ledger.get::<Course>(&Key::course(id)).await? else { return Ok(None) };
    let (phase, attempt) = (before.value.phase_id(), before.value.attempt);
    let (mut review, mut asked) = (None, None);
    match before.value.status {
        Status::Reviewing => {
            review = ledger.get::<PhaseReview>(&Key::phase_review(id, phase, attempt)).await?;
        }
        Status::Deciding => {
            asked = ledger.get::<Approval>(&Key::phase_approval(id, phase, attempt)).await?;
        }
        Status::Working | Status::Failed | Status::Completed | Status::Cancelled => {}
    }
    let mut next = before.value.clone();
    let command = Command::Look {
        review: review.as_ref().map(|r| &r.value),
        approval: asked.as_ref().map(|a| &a.value),
    };
    // Looking is never refused.
    let applied = next.apply(command, now).unwrap_or_default();
    if applied.notes.is_empty() && applied.approval.is_none() {
        return Ok(None);
    }
    let transition = moved(&before, &next, asked.as_ref(), &applied, emit)?;
    tracing::info!(
        engagement.id = id.as_str(),
        engagement.phase = next.phase_id(),
        engagement.attempt = next.attempt,
        engagement.status = next.status.name(),
        "moved on"
    );
    Ok(Some(Move { before, transition }))
}
