//! Counts the outcomes of a model's changes in use, by week. A model whose outcomes become worse is demoted.

mod applies;
mod outcomes;
mod parts;

use std::collections::BTreeMap;

use headgate_domain::records::{ChangeHead, Revision};
use headgate_events::latest::{ExecutionOutcome, Signal};
use headgate_events::{ActorKind, Agent, ChangeId, Fact, Lane, Verdict};
use headgate_ledger::{Key, Stored, Transition, figure_part};
use headgate_outbox::Handled;
use jiff::{SignedDuration, Timestamp};

use crate::deps::{Finalizer, split};
use crate::standing;
use applies::{Applies, Apply, Incident};
use headgate_domain::outcomes::OutcomeKind;
use outcomes::{Worse, worse};
use parts::{Count, Parts};

/// Maximum age of an event's time. Older times are clamped to it, because senders set the time themselves.
const OLDEST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A count, and the part of the outcomes in which it is counted.
type Counted = (Option<u8>, Count);

/// Adds the outcomes that a fact implies for models in use to a transition. `now` is when the fact is counted.
pub(crate) async fn after(
    finalizer: &Finalizer,
    fact: &Fact,
    permitted: bool,
    now: Timestamp,
    mut transition: Transition,
) -> Result<Transition, Handled> {
    let at = fact.time().clamp(now - OLDEST, now);
    let (revision, kind, good) = match fact {
        // A change counts once, by its first revision: fixing a hard change in five revisions is not five
        // failures.
        Fact::ReviewCompleted(e) if e.data.revision == 1 => {
            (1, OutcomeKind::Review, e.data.verdict == Verdict::Pass)
        }
        Fact::PermitIssued(e) => (e.data.revision, OutcomeKind::Permit, true),
        Fact::PermitRefused(e) => (e.data.revision, OutcomeKind::Permit, false),
        Fact::ChangeExecuted(e) if permitted => {
            (e.data.revision, OutcomeKind::Apply, e.data.outcome == ExecutionOutcome::Succeeded)
        }
        Fact::SignalRecorded(e) if e.data.signal == Signal::Incident => {
            let incident = Incident { about: e.subject.clone(), at };
            return broke(finalizer, fact, &e.data.environment, (incident, now), transition).await;
        }
        _ => return Ok(transition),
    };
    let Some((agent, lane)) = proposer(finalizer, &fact.change(), revision).await? else {
        return Ok(transition);
    };
    let says_nothing = match fact {
        // The review sent the change back because its lane is above the model's. Counting that would demote
        // the model again and again.
        Fact::ReviewCompleted(_) => lane > standing::lane(finalizer, &agent.model).await?,
        // Somebody other than the agent asked for the permit.
        Fact::PermitIssued(_) | Fact::PermitRefused(_) => fact.actor().id != agent.id,
        _ => false,
    };
    if says_nothing {
        return Ok(transition);
    }
    let part = Some(figure_part(fact.correlation()));
    let mut counts = vec![(part, Count::Outcome(kind, good, at))];
    if matches!(fact, Fact::ChangeExecuted(_)) {
        let (change, model) = (fact.change(), agent.model.clone());
        let apply = Apply { change, model, at, part, disturbed: false };
        let (calm, with_apply) = ended(finalizer, apply, now, transition).await?;
        counts.push((part, Count::Outcome(OutcomeKind::Calm, calm, at)));
        transition = with_apply;
    }
    counted(finalizer, fact, BTreeMap::from([(agent.model, counts)]), now, transition).await
}

/// The agent that proposed a revision, and the revision's lane; none if a person proposed it, whatever agent they name: they could spoil
/// the record of its model.
async fn proposer(
    finalizer: &Finalizer,
    change: &ChangeId,
    revision: u32,
) -> Result<Option<(Agent, Lane)>, Handled> {
    let key = Key::revision(change, revision);
    let stored = finalizer.flow.ledger.get::<Revision>(&key).await?;
    Ok(stored.and_then(|Stored { value: Revision { proposed, proposer, .. }, .. }| {
        let agent = proposed.agent?;
        (proposer.kind == ActorKind::Agent && proposer.id == agent.id)
            .then_some((agent, proposed.lane))
    }))
}

/// Records an apply in its environment. Returns whether no known incident followed it.
async fn ended(
    Finalizer { flow, metrics, .. }: &Finalizer,
    apply: Apply,
    now: Timestamp,
    transition: Transition,
) -> Result<(bool, Transition), Handled> {
    let Some(head) = flow.ledger.get::<ChangeHead>(&Key::change(&apply.change)).await? else {
        return Ok((true, transition));
    };
    let key = Key::applies(&head.value.environment);
    let (mut applies, version) = split(metrics.get::<Applies>(&key).await?);
    let calm = applies.ended(apply, now);
    Ok((calm, transition.put_in(metrics, &key, &applies, version)?))
}

/// Records an incident in an environment. Applies that ended there shortly before no longer count as calm.
async fn broke(
    finalizer: &Finalizer,
    fact: &Fact,
    environment: &str,
    (incident, now): (Incident, Timestamp),
    transition: Transition,
) -> Result<Transition, Handled> {
    let Finalizer { metrics, .. } = finalizer;
    let key = Key::applies(environment);
    let (mut applies, version) = split(metrics.get::<Applies>(&key).await?);
    let mut blamed: BTreeMap<String, Vec<Counted>> = BTreeMap::new();
    for apply in applies.broke(incident, now) {
        // Count an incident once for each model, even if several of its applies may have caused it.
        let count = (apply.part, Count::Disturbed(apply.at));
        blamed.entry(apply.model).or_insert_with(|| vec![count]);
    }
    let transition = transition.put_in(metrics, &key, &applies, version)?;
    counted(finalizer, fact, blamed, now, transition).await
}

/// Counts the outcomes, and demotes each model that has become worse.
async fn counted(
    finalizer: &Finalizer,
    fact: &Fact,
    counts: BTreeMap<String, Vec<Counted>>,
    now: Timestamp,
    mut transition: Transition,
) -> Result<Transition, Handled> {
    let metrics = &finalizer.metrics;
    for (model, counts) in counts {
        let mut parts = Parts::new(metrics, &model);
        for (part, count) in counts {
            parts.count(part, count, now).await?;
        }
        if parts.look {
            let drops = drops(&mut parts, now).await?;
            let why = drops.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
            if !drops.is_empty() {
                tracing::warn!(model, worse = why, "model has become worse");
            }
            transition =
                standing::demote(finalizer, &model, (drops.len(), &why), fact, transition).await?;
        }
        transition = parts.write(transition)?;
    }
    Ok(transition)
}

/// The drops in the weeks that are over, one after the other: each begins the history again.
async fn drops(parts: &mut Parts<'_>, now: Timestamp) -> Result<Vec<Worse>, Handled> {
    let mut total = parts.total().await?;
    let mut drops = Vec::new();
    while let Some(drop) = worse(&total, now).map_err(Handled::fails)? {
        // A drop begins after the first week of its history. Otherwise this would never end.
        if total.since.as_ref() >= Some(&drop.week) {
            break;
        }
        total.since = Some(drop.week.clone());
        drops.push(drop);
    }
    // Also without a drop: two looks at the same model exclude each other, so that each sees what the other one counted.
    parts.look_again_from(drops.last().map(|drop| drop.week.clone())).await?;
    Ok(drops)
}
