//! The oracle of engagements: what must have happened in each, by the events on the bus. Nothing that the fleet stores.

use std::collections::{BTreeMap, BTreeSet};

use super::super::heard::Heard;
use super::Carried;

/// What happens below a subject: how often each.
type Steps = (&'static str, &'static [(&'static str, usize)]);

/// An engagement of the type `short`.
const SHORT: [Steps; 3] = [
    ("", &[("engagement.started", 1), ("engagement.completed", 1)]),
    ("/build", &DECIDED),
    ("/look", &REVIEWED),
];

/// An engagement with all phases, as the script carries it: a question that is answered after a reminder, a result that people send back,
/// one that the review sends back, an attempt that fails, and one that takes too long.
const WHOLE: [Steps; 8] = [
    ("", &[("engagement.started", 1), ("engagement.completed", 1)]),
    (
        "/discovery",
        &[
            ("phase.started", 2),
            ("phase.submitted", 2),
            ("phase.reviewed", 2),
            ("phase.requested", 2),
            ("phase.decided", 2),
            ("phase.completed", 1),
        ],
    ),
    // The id of the question, which the script chooses.
    (
        "/retention",
        &[("interrupt.raised", 1), ("interrupt.reminded", 1), ("interrupt.answered", 1)],
    ),
    (
        "/architecture",
        &[
            ("phase.started", 3),
            ("phase.submitted", 2),
            ("phase.reviewed", 2),
            ("phase.failed", 1),
            ("phase.requested", 1),
            ("phase.decided", 1),
            ("phase.completed", 1),
        ],
    ),
    (
        "/poc",
        &[
            ("phase.started", 2),
            ("phase.failed", 1),
            ("phase.submitted", 1),
            ("phase.reviewed", 1),
            ("phase.requested", 1),
            ("phase.decided", 1),
            ("phase.completed", 1),
        ],
    ),
    ("/production", &DECIDED),
    ("/handoff", &DECIDED),
    ("/retrospective", &REVIEWED),
];

/// A phase with a gate, without anything in its way.
const DECIDED: [(&str, usize); 6] = [
    ("phase.started", 1),
    ("phase.submitted", 1),
    ("phase.reviewed", 1),
    ("phase.requested", 1),
    ("phase.decided", 1),
    ("phase.completed", 1),
];

/// A phase without a gate.
const REVIEWED: [(&str, usize); 4] =
    [("phase.started", 1), ("phase.submitted", 1), ("phase.reviewed", 1), ("phase.completed", 1)];

impl Carried {
    fn steps(&self) -> &'static [Steps] {
        if self.whole { &WHOLE } else { &SHORT }
    }
}

/// What became of the engagements, by the events on the bus: nothing that the fleet stores.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) done: usize,
    pub(crate) lost: usize,
    pub(crate) doubled: usize,
    pub(crate) complaints: Vec<String>,
}

impl Outcome {
    pub(crate) fn of(all_carried: &[Carried], heard: &Heard) -> Self {
        let mut all = Self::default();
        for carried in all_carried {
            let id = &carried.id;
            let (mut missing, mut repeated) = (BTreeMap::new(), BTreeMap::new());
            let mut different = BTreeSet::new();
            for (below, steps) in carried.steps() {
                let subject = format!("{id}{below}");
                for (stem, wanted) in *steps {
                    let found = heard.count(&subject, stem);
                    if found < *wanted {
                        missing.insert(format!("{below} {stem}"), found);
                    }
                    if found > *wanted {
                        repeated.insert(format!("{below} {stem}"), found);
                    }
                }
                different.extend(heard.different(&subject));
            }
            all.lost += usize::from(!missing.is_empty());
            all.doubled += usize::from(!repeated.is_empty() || !different.is_empty());
            all.done += usize::from(missing.is_empty() && repeated.is_empty());
            if !missing.is_empty() || !repeated.is_empty() || !different.is_empty() {
                all.complaints.push(format!(
                    "{id}: missing {missing:?}, repeated {repeated:?}, other contents {different:?}"
                ));
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::{Value, json};

    use super::*;

    fn told(whole: bool, events: &[(&str, &str)]) -> Outcome {
        let mut heard = Heard::default();
        for (n, (subject, kind)) in events.iter().enumerate() {
            let event: Value = json!({
                "type": format!("{kind}.v1"), "subject": subject, "id": n.to_string(), "correlationid": "e",
            });
            heard.note(&event);
        }
        Outcome::of(&[Carried { id: "e".to_owned(), whole }], &heard)
    }

    /// The oracle notices one step that is missing, and one that happened once more.
    #[test]
    fn every_step_counts() {
        for whole in [false, true] {
            let carried = Carried { id: "e".to_owned(), whole };
            let mut all = Vec::new();
            for (below, steps) in carried.steps() {
                for (stem, count) in *steps {
                    all.extend(vec![(format!("e{below}"), *stem); *count]);
                }
            }
            let all: Vec<_> = all.iter().map(|(subject, stem)| (subject.as_str(), *stem)).collect();
            let ended = told(whole, &all);
            assert_eq!(
                (ended.done, ended.lost, ended.doubled),
                (1, 0, 0),
                "{:?}",
                ended.complaints
            );
            for n in 0..all.len() {
                let mut less = all.clone();
                less.remove(n);
                assert_eq!(told(whole, &less).lost, 1, "{:?}", all[n]);
                let mut more = all.clone();
                more.push(all[n]);
                assert_eq!(told(whole, &more).doubled, 1, "{:?}", all[n]);
            }
        }
    }
}
