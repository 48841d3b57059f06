//! The outcomes of a model in parts: facts of different engagements count in different items.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use headgate_domain::outcomes::{OutcomeKind, Outcomes, week};
use headgate_ledger::{Key, Ledger, Transition, figure_parts};
use headgate_outbox::Handled;
use jiff::Timestamp;

use crate::deps::split;

/// One outcome to count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Count {
    Outcome(OutcomeKind, bool, Timestamp),
    /// Takes back a `Calm` outcome that was counted at this time: an incident followed.
    Disturbed(Timestamp),
}

/// The parts that a fact changes.
pub(super) struct Parts<'a> {
    metrics: &'a Ledger,
    model: &'a str,
    /// Each part with the version that was read.
    changed: BTreeMap<Option<u8>, (Outcomes, Option<u64>)>,
    /// Whether a week that is over may look different now. All parts are read only then: whether a model became worse depends only on
    /// weeks that are over.
    pub(super) look: bool,
}

impl<'a> Parts<'a> {
    pub(super) fn new(metrics: &'a Ledger, model: &'a str) -> Self {
        Self { metrics, model, changed: BTreeMap::new(), look: false }
    }

    /// Counts one outcome in its part.
    pub(super) async fn count(
        &mut self,
        part: Option<u8>,
        count: Count,
        now: Timestamp,
    ) -> Result<(), Handled> {
        let this = week(now);
        let outcomes = self.part(part).await?;
        let is_first = !outcomes.weeks.contains_key(&this);
        let at = match count {
            Count::Outcome(kind, good, at) => {
                outcomes.count(kind, good, at);
                at
            }
            Count::Disturbed(at) => {
                outcomes.take_back(OutcomeKind::Calm, at);
                at
            }
        };
        self.look |= is_first || week(at) != this;
        Ok(())
    }

    async fn part(&mut self, part: Option<u8>) -> Result<&mut Outcomes, Handled> {
        let stored = match self.changed.entry(part) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let key = Key::outcomes(self.model, part);
                new.insert(split(self.metrics.get::<Outcomes>(&key).await?))
            }
        };
        Ok(&mut stored.0)
    }

    /// The sum of all parts.
    pub(super) async fn total(&self) -> Result<Outcomes, Handled> {
        let others: Vec<_> = figure_parts()
            .filter(|part| !self.changed.contains_key(part))
            .map(|part| Key::outcomes(self.model, part))
            .collect();
        let mut total = Outcomes::default();
        for part in self.metrics.get_all::<Outcomes>(&others).await? {
            total.add(&part);
        }
        self.changed.values().for_each(|(part, _)| total.add(part));
        Ok(total)
    }

    /// Begins the history again with a week, if there is one. Writes the part `None` in any case.
    pub(super) async fn look_again_from(&mut self, week: Option<String>) -> Result<(), Handled> {
        let all = self.part(None).await?;
        if week.is_some() {
            all.since = week;
        }
        Ok(())
    }

    /// Adds the parts to a transition.
    pub(super) fn write(self, mut transition: Transition) -> Result<Transition, Handled> {
        for (part, (outcomes, version)) in &self.changed {
            let key = Key::outcomes(self.model, *part);
            transition = transition.put_in(self.metrics, &key, outcomes, *version)?;
        }
        Ok(transition)
    }
}
