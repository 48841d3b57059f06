//! What a fact changes in the table of metrics.

use headgate_domain::figures::{Phase, Scorecard, Summary};
use headgate_domain::progress::Progress;
use headgate_domain::records::Revision;
use headgate_events::{EngagementId, Fact};
use headgate_ledger::{Key, Transition};
use headgate_outbox::Handled;

use crate::deps::{Finalizer, split};
use crate::drift;

/// The figures of an engagement do not belong to its timeline. It happens after a restore only.
#[derive(Debug, thiserror::Error)]
pub enum OutOfStep {
    /// `headgate restore figures` counts the facts that are missing.
    #[error(
        "the figures of {engagement} count {counted} of {recorded} facts; after a restore, run `headgate restore figures`"
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
}

/// Compares the figures of an engagement with the number of facts on its timeline.
///
/// # Errors
/// [`OutOfStep`].
pub(crate) fn in_step(
    engagement: &EngagementId,
    summary: &Summary,
    recorded: u64,
) -> Result<(), OutOfStep> {
    let (engagement, counted) = (engagement.clone(), summary.counted_to);
    // An earlier build counted without saying how far.
    if counted == 0 && !summary.facts.is_empty() {
        return Ok(());
    }
    match counted.cmp(&recorded) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Less => Err(OutOfStep::Behind { engagement, counted, recorded }),
        std::cmp::Ordering::Greater => Err(OutOfStep::Ahead { engagement, counted, recorded }),
    }
}

/// Counts the fact at position `seq` of its timeline in every figure that it changes. `permitted` says whether a reported apply had a
/// valid permit.
///
/// # Errors
/// [`Handled`]. It waits if the figures do not count exactly the facts before this one.
pub(crate) async fn count(
    finalizer: &Finalizer,
    fact: &Fact,
    permitted: bool,
    seq: u64,
    transition: Transition,
) -> Result<Transition, Handled> {
    let transition = totals(finalizer, fact, permitted, seq, transition).await?;
    if let Fact::EvalRunCompleted(_) = fact {
        return Ok(transition);
    }
    let transition = match is_about_a_change(fact) {
        true => of_change(finalizer, fact, permitted, transition).await?,
        false => transition,
    };
    drift::after(finalizer, fact, permitted, transition).await
}

/// Whether the fact counts in the metrics of a change. Other facts, such as delegations and redrives, only go
/// on the timeline.
pub(crate) fn is_about_a_change(fact: &Fact) -> bool {
    !matches!(
        fact,
        Fact::DelegationChanged(_)
            | Fact::StandingChanged(_)
            | Fact::SignalRecorded(_)
            | Fact::LockBroken(_)
            | Fact::MessageQuarantined(_)
            | Fact::MessageRedriven(_)
            | Fact::RedriveRequested(_)
            | Fact::RedriveEnded(_)
            | Fact::EvalRunCompleted(_)
    )
}

/// The totals of an engagement.
async fn totals(
    Finalizer { metrics, .. }: &Finalizer,
    fact: &Fact,
    permitted: bool,
    seq: u64,
    transition: Transition,
) -> Result<Transition, Handled> {
    let engagement = fact.correlation();
    let key = Key::summary(engagement);
    let (mut summary, version) = split(metrics.get::<Summary>(&key).await?);
    in_step(engagement, &summary, seq - 1)?;
    summary.counted_to = seq;
    if is_about_a_change(fact) {
        summary.count(fact);
    }
    match fact {
        Fact::ChangeFinalized(e) => {
            summary.finalized += 1;
            summary.lead_time_seconds += e.data.lead_time_seconds;
        }
        Fact::ChangeExecuted(_) if !permitted => summary.unpermitted += 1,
        _ => {}
    }
    Ok(transition.put_in(metrics, &key, &summary, version)?)
}

/// The phases of a change, and the results of its proposer.
async fn of_change(
    Finalizer { flow, metrics, .. }: &Finalizer,
    fact: &Fact,
    permitted: bool,
    mut transition: Transition,
) -> Result<Transition, Handled> {
    let (engagement, change) = (fact.correlation(), &fact.change());
    let (mut progress, version) = split(metrics.get::<Progress>(&Key::progress(change)).await?);
    for (name, began, ended) in progress.note(fact, permitted) {
        let key = Key::phase(engagement, name);
        let (mut phase, version) = split(metrics.get::<Phase>(&key).await?);
        phase.add(began, ended);
        transition = transition.put_in(metrics, &key, &phase, version)?;
    }
    transition = transition.put_in(metrics, &Key::progress(change), &progress, version)?;
    // A report without a valid permit does not count on the scorecard.
    let revision = match fact {
        Fact::ReviewCompleted(e) => Some(e.data.revision),
        Fact::ApprovalDecided(e) => Some(e.data.revision),
        Fact::ChangeExecuted(e) => permitted.then_some(e.data.revision),
        _ => None,
    };
    // The proposer of this revision: a later one may have another.
    let revision = match revision {
        Some(n) => flow.ledger.get::<Revision>(&Key::revision(change, n)).await?,
        None => None,
    };
    if let Some(revision) = revision {
        let key = Key::scorecard(&revision.value.proposer.id, engagement);
        let (mut card, version) = split(metrics.get::<Scorecard>(&key).await?);
        card.count(fact);
        transition = transition.put_in(metrics, &key, &card, version)?;
    }
    Ok(transition)
}
