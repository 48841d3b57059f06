//! Standings: the lane that a model has earned. A model that does worse is demoted at once; only a person can
//! promote it.

use std::collections::BTreeMap;

use headgate_domain::standing::{FAMILY_OF_CHANGES, StandingRecord, SuiteScore};
use headgate_events::latest::{CandidateTotals, EvalRunCompleted};
use headgate_events::{Event, Fact, Lane};
use headgate_ledger::{Key, Stored, Transition};
use headgate_outbox::{Emit, Flow, Handled};
use headgate_suites::Standing;
use jiff::Timestamp;

use crate::deps::Finalizer;
use crate::standing_rules::StandingRules;

/// Share of a candidate's cases that must be graded for the run to count. A run that was cut short proves too
/// little.
const GRADED: f64 = 0.8;

/// Adds the new standings of a run's candidates to a transition.
pub(crate) async fn after_run(
    flow: &Flow,
    rules: &StandingRules,
    event: &Event<EvalRunCompleted>,
    mut transition: Transition,
) -> Result<Transition, Handled> {
    let run = &event.data;
    if rules.suites.get(&run.suite) != Some(&run.digest) {
        return Ok(transition);
    }
    let now = (flow.clock)();
    for totals in run.candidates.iter().filter(|t| counts(t)) {
        let key = Key::standing(&totals.candidate, &run.family);
        let found = flow.ledger.get::<StandingRecord>(&key).await?;
        let version = found.as_ref().map(|s| s.version);
        let before = found.map(|Stored { value, .. }| value);
        let Some(record) = earned(before.as_ref(), rules, event, totals, now)? else { continue };
        transition = transition.put(&key, &record, version, None)?;
        let lanes = |r: &StandingRecord| (r.lane, r.earned);
        if before.as_ref().map(lanes) != Some(lanes(&record)) {
            let emit = Emit::new(flow.function, now, &event.correlationid)
                .caused_by(&event.id, event.traceparent.clone());
            let changed = record.changed(before.map(|b| b.lane));
            transition = transition.publishing(emit.event(
                (&record.subject(), 0),
                &event.subject,
                changed,
            )?);
        }
    }
    Ok(transition)
}

/// The standing of a model after a run; none if the run does not change it.
fn earned(
    before: Option<&StandingRecord>,
    rules: &StandingRules,
    event: &Event<EvalRunCompleted>,
    totals: &CandidateTotals,
    now: Timestamp,
) -> Result<Option<StandingRecord>, Handled> {
    let run = &event.data;
    let mut suites = before.map(|b| b.suites.clone()).unwrap_or_default();
    suites.retain(|name, _| rules.suites.contains_key(name));
    let newer = suites.get(&run.suite).is_some_and(|known| known.ended_at > event.time);
    let score = SuiteScore {
        run: event.subject.clone(),
        ended_at: event.time,
        tasks: totals.tasks_graded.into(),
        solved: totals.solved,
    };
    suites.insert(run.suite.clone(), score);
    let sums = suites.values().fold((0.0, 0), |(s, t), x| (s + x.solved, t + x.tasks));
    let standing = Standing::of(sums.0, sums.1).map_err(Handled::fails)?;
    let earned = standing.lane(rules.ceilings);
    let reason = format!("run {} of {}", event.subject, run.suite);
    // Events of runs may arrive out of order. A run older than the last known one can only demote, and only
    // if no person has promoted the model since.
    if let (true, Some(before)) = (newer, before) {
        let promoted = before.promoted_at.is_some_and(|at| at > event.time);
        let record = StandingRecord { lane: earned, reason, updated_at: now, ..before.clone() };
        return Ok((earned < before.lane && !promoted).then_some(record));
    }
    Ok(Some(StandingRecord {
        model: totals.candidate.clone(),
        family: run.family.clone(),
        // A run never raises the lane; only a person does.
        lane: before.map_or(rules.unproven(), |b| b.lane).min(earned),
        earned,
        suites,
        lower: standing.rate.lower,
        upper: standing.rate.upper,
        reason,
        updated_at: now,
        promoted_at: before.and_then(|b| b.promoted_at),
    }))
}

/// The current lane of a model.
pub(crate) async fn lane(finalizer: &Finalizer, model: &str) -> Result<Lane, Handled> {
    let key = Key::standing(model, FAMILY_OF_CHANGES);
    let found = finalizer.flow.ledger.get::<StandingRecord>(&key).await?;
    Ok(found.map_or(finalizer.standing.unproven(), |s| s.value.lane))
}

/// Adds the demotion of a model that has become worse in use to a transition: one lane down, until a person
/// promotes it again.
pub(crate) async fn demote(
    Finalizer { flow, standing: rules, .. }: &Finalizer,
    model: &str,
    (drops, why): (usize, &str),
    fact: &Fact,
    transition: Transition,
) -> Result<Transition, Handled> {
    if drops == 0 {
        return Ok(transition);
    }
    let key = Key::standing(model, FAMILY_OF_CHANGES);
    let now = (flow.clock)();
    let found = flow.ledger.get::<StandingRecord>(&key).await?;
    let version = found.as_ref().map(|s| s.version);
    let before = found.map(|s| s.value);
    // A model without a standing has earned only the lowest lane.
    let Standing { rate, .. } = Standing::of(0.0, 0).map_err(Handled::fails)?;
    let known = before.clone().unwrap_or_else(|| StandingRecord {
        model: model.to_owned(),
        family: FAMILY_OF_CHANGES.to_owned(),
        lane: rules.unproven(),
        earned: Lane::ReadOnly,
        suites: BTreeMap::new(),
        lower: rate.lower,
        upper: rate.upper,
        reason: String::new(),
        updated_at: now,
        promoted_at: None,
    });
    let lane = match known.lane {
        Lane::Execute if drops == 1 => Lane::DryRun,
        Lane::Execute | Lane::DryRun | Lane::ReadOnly => Lane::ReadOnly,
    };
    if lane == known.lane {
        return Ok(transition);
    }
    let record = StandingRecord { lane, reason: why.to_owned(), updated_at: now, ..known };
    let changed = record.changed(before.map(|b| b.lane));
    let out =
        Emit::after(flow.function, now, fact).event((&record.subject(), 0), fact.id(), changed)?;
    Ok(transition.put(&key, &record, version, None)?.publishing(out))
}

/// Whether a candidate's result counts: the fleet measured it, every task has graded cases, and few cases are
/// missing. Missing cases may be the hard ones.
fn counts(totals: &CandidateTotals) -> bool {
    let enough = f64::from(totals.graded) >= GRADED * f64::from(totals.planned);
    enough && totals.tasks_graded == totals.tasks && totals.reported_by.is_none()
}
