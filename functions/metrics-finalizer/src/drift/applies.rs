//! Which applies an incident speaks against: those that ended in its environment up to two hours before. Pure.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long after an apply an incident is put down to it.
const AFTER: SignedDuration = SignedDuration::from_hours(2);
/// How long both are remembered, since either may be told late.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);
/// How many of each are remembered.
const MOST: usize = 64;

/// What happened lately in an environment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Applies {
    applies: Vec<Apply>,
    incidents: Vec<Incident>,
}

/// One apply of a model's change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Apply {
    /// The change.
    pub(crate) change: String,
    /// Who proposed it.
    pub(crate) model: String,
    /// When it ended.
    pub(crate) at: Timestamp,
    /// Whether an incident was put down to it already.
    #[serde(default)]
    pub(crate) disturbed: bool,
}

/// Something that broke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Incident {
    /// What its sender says that it is about: a change, if that is known.
    pub(crate) about: String,
    /// When.
    pub(crate) at: Timestamp,
}

impl Incident {
    fn follows(&self, apply: &Apply) -> bool {
        apply.at <= self.at && self.at.duration_since(apply.at) <= AFTER
    }

    /// Those that it speaks against: the one that its sender names; all of the two hours, if none is named.
    fn blames<'a>(&self, applies: impl Iterator<Item = &'a mut Apply>) -> Vec<&'a mut Apply> {
        let near: Vec<_> = applies.filter(|a| self.follows(a)).collect();
        let named = near.iter().any(|a| a.change == self.about);
        near.into_iter().filter(|a| !named || a.change == self.about).collect()
    }
}

impl Applies {
    /// Notes an apply; says whether nothing that is known of broke after it.
    pub(crate) fn ended(&mut self, mut apply: Apply, now: Timestamp) -> bool {
        self.forget(now);
        apply.disturbed =
            self.incidents.iter().any(|i| !i.blames(std::iter::once(&mut apply)).is_empty());
        let calm = !apply.disturbed;
        self.applies.push(apply);
        calm
    }

    /// Notes an incident; gives the applies that it is the first to speak against.
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
    use super::{Applies, Apply, Incident, MOST};
    use jiff::{SignedDuration, Timestamp};

    fn at(minutes: i64) -> Timestamp {
        "2026-11-02T09:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
    }

    fn apply(change: &str, minutes: i64) -> Apply {
        let (change, model) = (change.to_owned(), "m".to_owned());
        Apply { change, model, at: at(minutes), disturbed: false }
    }

    fn incident(about: &str, minutes: i64) -> Incident {
        Incident { about: about.to_owned(), at: at(minutes) }
    }

    fn blamed(applies: &mut Applies, about: &str, minutes: i64) -> Vec<String> {
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
        // One that names a change of long ago is about whatever was done lately.
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
