//! What a fact changes in the table of metrics.

use headgate_domain::figures::{Phase, Scorecard, Summary};
use headgate_domain::progress::Progress;
use headgate_domain::records::Revision;
use headgate_events::Fact;
use headgate_ledger::{Key, Transition};
use headgate_outbox::Handled;
use jiff::Timestamp;

use crate::deps::{Finalizer, split};
use crate::drift;
use crate::end::{self, End, Read};

/// A fact, and what is known of it, for counting.
pub(crate) struct Counting<'a> {
    pub(crate) fact: &'a Fact,
    /// Whether a reported apply had a valid permit.
    pub(crate) permitted: bool,
    /// The end of the timeline before this fact, and its version.
    pub(crate) after: (&'a End, Option<u64>),
    /// When it is counted; when it happened, if it is counted again.
    pub(crate) now: Timestamp,
    /// Whether it is counted again after a restore.
    pub(crate) again: bool,
}

/// Counts a fact in every figure that it changes.
///
/// # Errors
/// [`Handled`]. It waits if the figures do not count exactly the facts before this one.
pub(crate) async fn count(
    finalizer: &Finalizer,
    counting: Counting<'_>,
    transition: Transition,
) -> Result<Transition, Handled> {
    let Counting { fact, permitted, now, .. } = counting;
    let transition = totals(finalizer, &counting, transition).await?;
    if let Fact::EvalRunCompleted(_) = fact {
        return Ok(transition);
    }
    let transition = match is_about_a_change(fact) {
        true => of_change(finalizer, fact, permitted, transition).await?,
        false => transition,
    };
    drift::after(finalizer, fact, permitted, now, transition).await
}

/// Whether the fact is about a change, and counts in its metrics. Other facts, such as delegations, only go on the timeline; of those about
/// phases, only what they have taken is counted.
pub(crate) fn is_about_a_change(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::ChangeProposed(_)
            | Fact::ChangeAccepted(_)
            | Fact::ChangeRefused(_)
            | Fact::ChangeExecuted(_)
            | Fact::ChangeFinalized(_)
            | Fact::ReviewCompleted(_)
            | Fact::ApprovalRequested(_)
            | Fact::ApprovalReminded(_)
            | Fact::ApprovalCarried(_)
            | Fact::ApprovalDecided(_)
            | Fact::PermitIssued(_)
            | Fact::PermitRefused(_)
            | Fact::PermitUsed(_)
    )
}

/// The totals of an engagement.
async fn totals(
    finalizer: &Finalizer,
    Counting { fact, permitted, after, again, .. }: &Counting<'_>,
    transition: Transition,
) -> Result<Transition, Handled> {
    let engagement = fact.correlation();
    let key = Key::summary(engagement);
    let (mut summary, version) = split(finalizer.metrics.get::<Summary>(&key).await?);
    if *again {
        end::in_step(engagement, &summary, after.0)?;
    } else {
        let read = Read { end: *after, summary: (&summary, version) };
        end::check(finalizer, engagement, read).await?;
    }
    summary.counted_to = after.0.head.seq + 1;
    if is_about_a_change(fact) {
        summary.count(fact);
    }
    summary.note_work(fact);
    match fact {
        Fact::ChangeFinalized(e) => {
            summary.finalized += 1;
            summary.lead_time_seconds += e.data.lead_time_seconds;
        }
        Fact::ChangeExecuted(_) if !*permitted => summary.unpermitted += 1,
        _ => {}
    }
    Ok(transition.put_in(&finalizer.metrics, &key, &summary, version)?)
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
