//! Reads where an engagement is, and writes where it goes.

use headgate_domain::approval::Approval;
use headgate_engagements::{Applied, Course, HandedIn, Note};
use headgate_events::EngagementId;
use headgate_ledger::{Key, LedgerError, Listing, Stored, Transition};
use headgate_outbox::{Emit, FlowError};

use crate::emit;

/// An engagement could not be moved.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Reading or writing the ledger failed.
    #[error("cannot read or write the ledger")]
    Ledger(#[from] LedgerError),
    /// The commit or the publish failed.
    #[error("cannot commit the transition or publish its events")]
    Flow(#[from] FlowError),
    /// An event could not be serialized.
    #[error("cannot serialize an event")]
    Json(#[from] serde_json::Error),
}

/// What is written of a new engagement.
pub(crate) fn created(
    transition: Transition,
    course: &Course,
    notes: &[Note],
    emit: &Emit,
) -> Result<Transition, StoreError> {
    put(transition, course, None, notes, emit)
}

/// What is written when an engagement moves: the course, the request for a decision if it was opened or expired, the result if one was
/// handed in, and the events. Each write requires the version that was read.
pub(crate) fn moved(
    before: &Stored<Course>,
    next: &Course,
    asked: Option<&Stored<Approval>>,
    applied: &Applied,
    emit: &Emit,
) -> Result<Transition, StoreError> {
    let id = &next.engagement_id;
    let mut transition = Transition::new();
    if let Some(approval) = &applied.approval {
        let phase = before.value.phase_id();
        let key = Key::phase_approval(id, phase, approval.revision);
        // Not in the list of open approvals: those are of changes.
        transition = transition.put(&key, approval, asked.map(|a| a.version), None)?;
    }
    put(transition, next, Some(before.version), &applied.notes, emit)
}

fn put(
    transition: Transition,
    next: &Course,
    follows: Option<u64>,
    notes: &[Note],
    emit: &Emit,
) -> Result<Transition, StoreError> {
    let id = &next.engagement_id;
    let listing = next.due().map(|due| Listing::due_engagement(due, id));
    let mut transition = transition.put(&Key::course(id), next, follows, listing.as_ref())?;
    for note in notes {
        if let (Note::PhaseSubmitted(n), Some(submission), Some(by)) =
            (note, &next.submission, &next.submitted_by)
        {
            let key = Key::submission(id, &n.phase, n.attempt);
            let handed_in = HandedIn {
                phase: n.phase.clone(),
                attempt: n.attempt,
                submission: submission.clone(),
                by: by.clone(),
            };
            transition = transition.create(&key, &handed_in)?;
        }
        transition = transition.publishing(emit::event(emit, id, note)?);
    }
    Ok(transition)
}

/// The name of the marker of a move, for moves that no event has led to. The version of the course that it leads to is in it, so there is
/// one for each move.
pub(crate) fn marker_of(function: &str, id: &EngagementId, before: &Stored<Course>) -> Key {
    Key::marker(function, &format!("{id}#{}", before.version + 1))
}
