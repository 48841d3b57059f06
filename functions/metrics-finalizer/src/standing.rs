//! What a model has earned. Whoever does worse is demoted at once; to be promoted takes a person.

use std::collections::BTreeMap;
use std::str::FromStr;

use headgate_evals::{Ceilings, Standing};
use headgate_events::latest::{CandidateTotals, EvalRunCompleted};
use headgate_events::{Event, Fact, Lane};
use headgate_flow::{Emit, Flow, Handled};
use headgate_ledger::{FAMILY_OF_CHANGES, Key, StandingRecord, Stored, SuiteScore, Transition};
use jiff::Timestamp;

use crate::finalize::Finalizer;

/// Share of a candidate's cases that must be graded for the run to count: a run that was cut short says too little.
const GRADED: f64 = 0.8;

/// Which runs count, and what they buy.
#[derive(Debug, Clone, Default, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingRules {
    /// Suites whose runs count, each with the SHA-256 of its version: another one of that name, which anybody who may
    /// ask for evaluations can make, changes nothing.
    pub suites: BTreeMap<String, String>,
    /// Lower limits from which on a lane is earned.
    #[serde(default)]
    pub ceilings: Ceilings,
    /// What a model may touch of which nothing is known: all, if nothing is said.
    #[serde(default)]
    pub unproven: Option<Lane>,
}

impl StandingRules {
    pub(crate) fn unproven(&self) -> Lane {
        self.unproven.unwrap_or(Lane::Execute)
    }
}

impl FromStr for StandingRules {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

/// Adds what a run says of its models to a transition.
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

/// What a model stands at after a run; nothing, if that says nothing new.
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
    let standing = Standing::of(sums.0, sums.1)?;
    let earned = standing.lane(rules.ceilings);
    let reason = format!("run {} of {}", event.subject, run.suite);
    // Runs may be told in another order than they ended in. Of an older one there is left what it takes away, unless
    // a person has promoted since.
    if let (true, Some(before)) = (newer, before) {
        let promoted = before.promoted_at.is_some_and(|at| at > event.time);
        let record = StandingRecord { lane: earned, reason, updated_at: now, ..before.clone() };
        return Ok((earned < before.lane && !promoted).then_some(record));
    }
    Ok(Some(StandingRecord {
        model: totals.candidate.clone(),
        family: run.family.clone(),
        // Up only by a person.
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

/// What a model may touch now.
pub(crate) async fn lane(finalizer: &Finalizer, model: &str) -> Result<Lane, Handled> {
    let key = Key::standing(model, FAMILY_OF_CHANGES);
    let found = finalizer.flow.ledger.get::<StandingRecord>(&key).await?;
    Ok(found.map_or(finalizer.standing.unproven(), |s| s.value.lane))
}

/// Adds to a transition that a model has got worse in use: one lane less, until a person promotes it again.
pub(crate) async fn demote(
    Finalizer { flow, standing: rules, .. }: &Finalizer,
    model: &str,
    why: &str,
    fact: &Fact,
    transition: Transition,
) -> Result<Transition, Handled> {
    let key = Key::standing(model, FAMILY_OF_CHANGES);
    let now = (flow.clock)();
    let found = flow.ledger.get::<StandingRecord>(&key).await?;
    let version = found.as_ref().map(|s| s.version);
    let before = found.map(|s| s.value);
    // Nothing was measured yet: then it has earned nothing to be promoted to.
    let Standing { rate, .. } = Standing::of(0.0, 0)?;
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
        Lane::Execute => Lane::DryRun,
        Lane::DryRun | Lane::ReadOnly => Lane::ReadOnly,
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

/// Whether a candidate of a run was measured: by the fleet, in every task, and without many gaps. What a model did not
/// answer may be what is hard for it.
fn counts(totals: &CandidateTotals) -> bool {
    let enough = f64::from(totals.graded) >= GRADED * f64::from(totals.planned);
    enough && totals.tasks_graded == totals.tasks && totals.reported_by.is_none()
}
