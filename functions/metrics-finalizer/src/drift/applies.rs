//! Which applies may have caused an incident: those that ended in its environment up to two hours before.
//! Pure.

use headgate_events::ChangeId;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long after an apply an incident is attributed to it.
const AFTER: SignedDuration = SignedDuration::from_hours(2);
/// How long applies and incidents are kept. Their events may arrive late and out of order.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);
/// Most applies, and most incidents, that are kept.
const MOST: usize = 64;

/// Recent applies and incidents in an environment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Applies {
    applies: Vec<Apply>,
    incidents: Vec<Incident>,
}

impl headgate_events::Versioned for Applies {}

/// One apply of a model's change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Apply {
    /// Id of the change.
    pub(crate) change: ChangeId,
    /// The model that proposed it.
    pub(crate) model: String,
    /// When the apply ended.
    pub(crate) at: Timestamp,
    /// The part of the model's outcomes in which it was counted as calm. `None`: by a build without parts.
    #[serde(default)]
    pub(crate) part: Option<u8>,
    /// Whether an incident has already been attributed to it.
    #[serde(default)]
    pub(crate) disturbed: bool,
}

/// An incident in an environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Incident {
    /// Subject that the sender gave: the id of a change, if it is known.
    pub(crate) about: String,
    /// When it happened.
    pub(crate) at: Timestamp,
}

impl Incident {
    fn follows(&self, apply: &Apply) -> bool {
        apply.at <= self.at && self.at.duration_since(apply.at) <= AFTER
    }

    /// The applies that it is attributed to: the one that its sender names, or else all in the two hours
    /// before.
    fn blames<'a>(&self, applies: impl Iterator<Item = &'a mut Apply>) -> Vec<&'a mut Apply> {
        let near: Vec<_> = applies.filter(|a| self.follows(a)).collect();
        let named = near.iter().any(|a| a.change == self.about.as_str());
        near.into_iter().filter(|a| !named || a.change == self.about.as_str()).collect()
    }
}

impl Applies {
    /// Records an apply. Returns whether no known incident is attributed to it.
    pub(crate) fn ended(&mut self, mut apply: Apply, now: Timestamp) -> bool {
        self.forget(now);
        apply.disturbed =
            self.incidents.iter().any(|i| !i.blames(std::iter::once(&mut apply)).is_empty());
        let calm = !apply.disturbed;
        self.applies.push(apply);
        calm
    }

    /// Records an incident. Returns the applies that had no incident attributed to them before.
    pub(crate) fn broke(&mut self, incident: Incident, now: Timestamp) -> Vec<Apply> {
        self.forget(now);
        let mut first = Vec::new();
        for apply in incident.blames(self.applies.iter_mut()) {
            if !std::mem::replace(&mut apply.disturbed, true) {
                first.push(apply.clone());
            }
        }
        self.incidents.push(incident);
        first
    }

    fn forget(&mut self, now: Timestamp) {
        let lately = |at: Timestamp| now.duration_since(at) <= REMEMBERED;
        self.applies.retain(|a| lately(a.at));
        self.incidents.retain(|i| lately(i.at));
        let surplus = |len: usize| (len + 1).saturating_sub(MOST);
        self.applies.drain(..surplus(self.applies.len()));
        self.incidents.drain(..surplus(self.incidents.len()));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Applies, Apply, ChangeId, Incident, MOST};
    use jiff::{SignedDuration, Timestamp};

    fn at(minutes: i64) -> Timestamp {
        "2026-11-02T09:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
    }

    fn apply(change: &str, minutes: i64) -> Apply {
        let (change, model) = (change.into(), "m".to_owned());
        Apply { change, model, at: at(minutes), part: None, disturbed: false }
    }

    fn incident(about: &str, minutes: i64) -> Incident {
        Incident { about: about.to_owned(), at: at(minutes) }
    }

    fn blamed(applies: &mut Applies, about: &str, minutes: i64) -> Vec<ChangeId> {
        let broke = applies.broke(incident(about, minutes), at(minutes));
        broke.into_iter().map(|a| a.change).collect()
    }

    #[test]
    fn an_incident_speaks_against_what_ended_up_to_two_hours_before_and_only_once() {
        let mut applies = Applies::default();
        for (change, minutes) in [("old", 0), ("a", 60), ("b", 90)] {
            assert!(applies.ended(apply(change, minutes), at(minutes)));
        }
        assert!(applies.ended(apply("later", 200), at(200)));
        assert_eq!(blamed(&mut applies, "prod", 180), ["a", "b"]);
        assert_eq!(blamed(&mut applies, "prod", 181), [""; 0]);
    }

    #[test]
    fn one_that_names_a_change_speaks_against_that() {
        let mut applies = Applies::default();
        applies.ended(apply("a", 0), at(0));
        applies.ended(apply("b", 10), at(10));
        assert_eq!(blamed(&mut applies, "b", 20), ["b"]);
        // An incident that names a change without a recent apply is attributed to all recent applies.
        assert_eq!(blamed(&mut applies, "x", 30), ["a"]);
    }

    #[test]
    fn an_apply_that_is_told_after_its_incident_was_not_calm() {
        let mut applies = Applies::default();
        assert_eq!(blamed(&mut applies, "prod", 30), [""; 0]);
        assert!(!applies.ended(apply("a", 20), at(40)));
        assert!(applies.ended(apply("b", 35), at(41)), "it ended after the incident");
    }

    #[test]
    fn a_day_is_remembered_and_no_more_than_so_many() {
        let mut applies = Applies::default();
        applies.ended(apply("a", 0), at(0));
        applies.ended(apply("b", 24 * 60), at(24 * 60 + 1));
        assert_eq!(applies.applies.len(), 1);
        for _ in 0..2 * MOST {
            applies.ended(apply("c", 24 * 60), at(24 * 60 + 1));
            applies.broke(incident("x", 24 * 60), at(24 * 60 + 1));
        }
        assert!(applies.applies.len() <= MOST && applies.incidents.len() <= MOST);
    }
}
