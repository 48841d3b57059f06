//! What becomes of a model's changes in use: counted by week, and a model that has got worse touches less from then on.

mod applies;
mod outcomes;

use std::collections::BTreeMap;

use headgate_events::latest::{ExecutionOutcome, Signal};
use headgate_events::{Agent, Fact, Lane, Verdict};
use headgate_flow::Handled;
use headgate_ledger::{ChangeHead, Key, Revision, Transition};
use jiff::{SignedDuration, Timestamp};

use crate::finalize::{Finalizer, split};
use crate::standing;
use applies::{Applies, Apply, Incident};
pub(crate) use outcomes::{Kind, Outcomes};

/// A report from outside may say that it is older than it is, but not by more than this.
const OLDEST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Key of a model's outcomes in the table of figures.
pub(crate) fn key(model: &str) -> Key {
    Key::named(format!("MODEL#{model}"), "OUTCOMES")
}

/// One thing that is to be counted.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Count {
    Outcome(Kind, bool, Timestamp),
    /// What was counted as calm then was not.
    Disturbed(Timestamp),
}

/// Adds what a fact says of models in use to a transition.
pub(crate) async fn after(
    finalizer: &Finalizer,
    fact: &Fact,
    permitted: bool,
    mut transition: Transition,
) -> Result<Transition, Handled> {
    let now = (finalizer.flow.clock)();
    let at = fact.time().clamp(now - OLDEST, now);
    let (revision, kind, good) = match fact {
        // A change counts once, by its first revision: to mend a hard one in five steps is not to fail five times.
        Fact::ReviewCompleted(e) if e.data.revision == 1 => {
            (1, Kind::Review, e.data.verdict == Verdict::Pass)
        }
        Fact::PermitIssued(e) => (e.data.revision, Kind::Permit, true),
        Fact::PermitRefused(e) => (e.data.revision, Kind::Permit, false),
        Fact::ChangeExecuted(e) if permitted => {
            (e.data.revision, Kind::Apply, e.data.outcome == ExecutionOutcome::Succeeded)
        }
        Fact::SignalRecorded(e) if e.data.signal == Signal::Incident => {
            let incident = Incident { about: e.subject.clone(), at };
            return broke(finalizer, fact, &e.data.environment, incident, transition).await;
        }
        _ => return Ok(transition),
    };
    let Some((agent, lane)) = proposer(finalizer, fact.subject(), revision).await? else {
        return Ok(transition);
    };
    let says_nothing = match fact {
        // Sent back because it asks for more than the model may touch: that would demote it again and again.
        Fact::ReviewCompleted(_) => lane > standing::lane(finalizer, &agent.model).await?,
        // Somebody else wanted to apply something else.
        Fact::PermitIssued(_) | Fact::PermitRefused(_) => fact.actor().id != agent.id,
        _ => false,
    };
    if says_nothing {
        return Ok(transition);
    }
    let mut counts = vec![Count::Outcome(kind, good, at)];
    if matches!(fact, Fact::ChangeExecuted(_)) {
        let apply = (fact.subject(), agent.model.as_str(), at);
        let (calm, with_apply) = ended(finalizer, apply, now, transition).await?;
        counts.push(Count::Outcome(Kind::Calm, calm, at));
        transition = with_apply;
    }
    counted(finalizer, fact, BTreeMap::from([(agent.model, counts)]), transition).await
}

/// The agent that proposed a revision, and the lane that it is in; none if a person did.
async fn proposer(
    finalizer: &Finalizer,
    change: &str,
    revision: u32,
) -> Result<Option<(Agent, Lane)>, Handled> {
    let key = Key::revision(change, revision);
    let stored = finalizer.flow.ledger.get::<Revision>(&key).await?;
    let proposed = stored.map(|s| s.value.proposed);
    Ok(proposed.and_then(|p| Some((p.agent?, p.lane))))
}

/// Remembers an apply in its environment; says whether nothing broke after it so far.
async fn ended(
    Finalizer { flow, metrics, .. }: &Finalizer,
    (change, model, at): (&str, &str, Timestamp),
    now: Timestamp,
    transition: Transition,
) -> Result<(bool, Transition), Handled> {
    let Some(head) = flow.ledger.get::<ChangeHead>(&Key::change(change)).await? else {
        return Ok((true, transition));
    };
    let key = applies_key(&head.value.environment);
    let (mut applies, version) = split(metrics.get::<Applies>(&key).await?);
    let (change, model) = (change.to_owned(), model.to_owned());
    let calm = applies.ended(Apply { change, model, at, disturbed: false }, now);
    Ok((calm, transition.put_in(metrics, &key, &applies, version)?))
}

/// Something broke in an environment: what was applied there shortly before was not calm.
async fn broke(
    finalizer: &Finalizer,
    fact: &Fact,
    environment: &str,
    incident: Incident,
    transition: Transition,
) -> Result<Transition, Handled> {
    let Finalizer { flow, metrics, .. } = finalizer;
    let key = applies_key(environment);
    let (mut applies, version) = split(metrics.get::<Applies>(&key).await?);
    let mut blamed: BTreeMap<String, Vec<Count>> = BTreeMap::new();
    for apply in applies.broke(incident, (flow.clock)()) {
        // One incident is one outcome of a model, however many applies it may have come from.
        blamed.entry(apply.model).or_insert_with(|| vec![Count::Disturbed(apply.at)]);
    }
    let transition = transition.put_in(metrics, &key, &applies, version)?;
    counted(finalizer, fact, blamed, transition).await
}

/// Counts, and demotes whoever has got worse by it.
async fn counted(
    finalizer: &Finalizer,
    fact: &Fact,
    counts: BTreeMap<String, Vec<Count>>,
    mut transition: Transition,
) -> Result<Transition, Handled> {
    let metrics = &finalizer.metrics;
    let now = (finalizer.flow.clock)();
    for (model, counts) in counts {
        let (mut outcomes, version) = split(metrics.get::<Outcomes>(&key(&model)).await?);
        for count in counts {
            match count {
                Count::Outcome(kind, good, at) => outcomes.count(kind, good, at),
                Count::Disturbed(at) => outcomes.take_back(Kind::Calm, at),
            }
        }
        if let Some(worse) = outcomes.worse(now)? {
            tracing::warn!(model, worse = %worse, "a model has got worse");
            outcomes.begin_anew(&worse);
            transition =
                standing::demote(finalizer, &model, &worse.to_string(), fact, transition).await?;
        }
        transition = transition.put_in(metrics, &key(&model), &outcomes, version)?;
    }
    Ok(transition)
}

fn applies_key(environment: &str) -> Key {
    Key::named(format!("ENVIRONMENT#{environment}"), "APPLIES")
}
