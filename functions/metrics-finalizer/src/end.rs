//! The end of a timeline, and whether the figures count exactly the facts up to it.

use headgate_domain::figures::Summary;
use headgate_domain::timeline::Head;
use headgate_events::{EngagementId, Versioned};
use headgate_ledger::Key;
use headgate_outbox::Handled;
use serde::{Deserialize, Serialize};

use crate::deps::{Finalizer, split};

/// The head of a timeline, as this function writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct End {
    #[serde(flatten)]
    pub(crate) head: Head,
    /// Position up to which the figures counted in the same transaction. Earlier builds drop it when they write: then nobody knows
    /// what the figures should count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) counted: Option<u64>,
}

impl Versioned for End {
    const VERSION: u64 = Head::VERSION;
}

/// The figures of an engagement do not belong to its timeline. It happens after a restore only.
#[derive(Debug, thiserror::Error)]
pub enum OutOfStep {
    /// `headgate-restore figures` counts the facts that are missing.
    #[error(
        "the figures of {engagement} count {counted} of {recorded} facts; after a restore, run `headgate-restore figures`"
    )]
    Behind {
        /// The engagement.
        engagement: EngagementId,
        /// Facts that the figures count.
        counted: u64,
        /// Facts on the timeline.
        recorded: u64,
    },
    /// Nothing can take back what they count.
    #[error(
        "the figures of {engagement} count {counted} facts, but its timeline has {recorded}; restore the table of metrics to an earlier time"
    )]
    Ahead {
        /// The engagement.
        engagement: EngagementId,
        /// Facts that the figures count.
        counted: u64,
        /// Facts on the timeline.
        recorded: u64,
    },
    /// An earlier build counted last, and did not say how far.
    #[error(
        "the figures of {engagement} were counted by an earlier build, which does not say how far; its timeline has {recorded} facts"
    )]
    Unknown {
        /// The engagement.
        engagement: EngagementId,
        /// Facts on the timeline.
        recorded: u64,
    },
}

/// Compares the figures of an engagement with the end of its timeline.
///
/// # Errors
/// [`OutOfStep`].
pub(crate) fn in_step(
    engagement: &EngagementId,
    summary: &Summary,
    end: &End,
) -> Result<(), OutOfStep> {
    let (engagement, counted, recorded) = (engagement.clone(), summary.counted_to, end.head.seq);
    // An earlier build recorded the last fact, and perhaps counted it.
    if recorded > 0 && end.counted != Some(recorded) {
        return Ok(());
    }
    if counted == 0 && !summary.facts.is_empty() {
        return Err(OutOfStep::Unknown { engagement, recorded });
    }
    match counted.cmp(&recorded) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Less => Err(OutOfStep::Behind { engagement, counted, recorded }),
        std::cmp::Ordering::Greater => Err(OutOfStep::Ahead { engagement, counted, recorded }),
    }
}

/// What was read of both, with the versions.
pub(crate) struct Read<'a> {
    pub(crate) end: (&'a End, Option<u64>),
    pub(crate) summary: (&'a Summary, Option<u64>),
}

/// Checks that the figures count exactly the facts that are recorded. Both were read one after the other, so another writer may have been
/// between them: then the commit conflicts anyway, and is tried again.
///
/// # Errors
/// [`OutOfStep`] as [`Handled::Retry`], because it lasts as long as a restore does.
pub(crate) async fn check(
    Finalizer { flow, metrics, .. }: &Finalizer,
    engagement: &EngagementId,
    Read { end, summary }: Read<'_>,
) -> Result<(), Handled> {
    let error = match in_step(engagement, summary.0, end.0) {
        // The totals go on from here; nobody can tell what they lack.
        Ok(()) | Err(OutOfStep::Unknown { .. }) => return Ok(()),
        Err(error) => error,
    };
    let stored = flow.ledger.fresh().get::<End>(&Key::timeline(engagement)).await?;
    let (_, end_now) = split(stored);
    let stored = metrics.fresh().get::<Summary>(&Key::summary(engagement)).await?;
    let (_, summary_now) = split(stored);
    if (end_now, summary_now) != (end.1, summary.1) {
        return Ok(());
    }
    Err(error.into())
}
