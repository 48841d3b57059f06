//! What has happened in an engagement, as events.

use headgate_engagements::{Course, Note};
use headgate_events::latest::{
    InterruptAnswered, InterruptRaised, InterruptReminded, PhaseBreached,
};
use headgate_events::{EngagementId, Outgoing};
use headgate_outbox::Emit;

/// The event of a note. Its id depends on what has happened and on nothing else: on the phase and the attempt, and where one attempt can
/// have several of a kind, on what distinguishes them.
pub(crate) fn event(
    emit: &Emit,
    engagement: &EngagementId,
    note: &Note,
) -> Result<Outgoing, serde_json::Error> {
    let whole = engagement.as_str();
    let of = |phase: &str| Course::subject_of(engagement, phase).to_string();
    match note {
        Note::EngagementStarted(n) => emit.event((whole, 1), "", n.clone()),
        Note::EngagementFailed(n) => emit.event((whole, n.attempt), &n.phase, n.clone()),
        Note::EngagementResumed(n) => emit.event((whole, n.attempt), &n.phase, n.clone()),
        Note::EngagementCancelled(n) => emit.event((whole, 1), "", n.clone()),
        Note::EngagementCompleted(n) => emit.event((whole, 1), "", n.clone()),
        Note::PhaseStarted(n) => emit.event((&of(&n.phase), n.attempt), "", n.clone()),
        Note::PhaseSubmitted(n) => emit.event((&of(&n.phase), n.attempt), "", n.clone()),
        Note::PhaseFailed(n) => emit.event((&of(&n.phase), n.attempt), "", n.clone()),
        Note::PhaseBreached(n) => emit.event((&of(&n.phase), n.attempt), &limit(n)?, n.clone()),
        Note::PhaseRequested(n) => emit.event((&of(&n.phase), n.attempt), "", n.clone()),
        Note::PhaseReminded(n) => {
            emit.event((&of(&n.phase), n.attempt), &n.number.to_string(), n.clone())
        }
        Note::PhaseDecided(n) => emit.event((&of(&n.phase), n.attempt), "", n.clone()),
        Note::PhaseCompleted(n) => emit.event((&of(&n.end.phase), 1), "", n.clone()),
        Note::PhaseSkipped(n) => emit.event((&of(&n.phase), n.attempt), "", n.clone()),
        Note::InterruptRaised(n) => {
            let InterruptRaised { interrupt_id, phase, attempt, .. } = n;
            emit.event((&of(interrupt_id), *attempt), phase, n.clone())
        }
        Note::InterruptReminded(n) => {
            let InterruptReminded { interrupt_id, phase, attempt, number, .. } = n;
            emit.event((&of(interrupt_id), *attempt), &format!("{phase} {number}"), n.clone())
        }
        Note::InterruptAnswered(n) => {
            let InterruptAnswered { interrupt_id, phase, attempt, .. } = n;
            emit.event((&of(interrupt_id), *attempt), phase, n.clone())
        }
    }
}

/// One attempt can exceed several limits, each agent its own, and each with a warning before.
fn limit(breached: &PhaseBreached) -> Result<String, serde_json::Error> {
    let PhaseBreached { limit, agent, warning, .. } = breached;
    serde_json::to_string(&(limit, agent, warning))
}
