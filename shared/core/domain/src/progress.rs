//! The phases of a change: review, decision, execution. Facts may arrive in any order, and the durations are the same. Pure.

use std::collections::BTreeMap;

use headgate_events::{Fact, Outcome, Verdict};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Names of the phases.
pub const PHASES: [&str; 3] = ["review", "decision", "execution"];

/// Instead of a revision, in items of the first form.
const ANY_REVISION: &str = "any";

/// The phases of a change's revisions, while facts about them arrive in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Progress {
    /// Each pass through a phase, by the name of the phase and the revision: `review#000001`.
    pub passes: BTreeMap<String, Pass>,
}

/// One pass through a phase. It is counted once both times are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Pass {
    /// When it began.
    pub began: Option<Timestamp>,
    /// When it ended.
    pub ended: Option<Timestamp>,
}

/// The first form: phases in progress without their revision.
#[derive(Deserialize)]
struct ProgressOne {
    phase_began: BTreeMap<String, Timestamp>,
}

impl headgate_events::Versioned for Progress {
    const VERSION: u64 = 2;

    fn upcast(_: u64, body: &str) -> Result<Self, serde_json::Error> {
        let one: ProgressOne = serde_json::from_str(body)?;
        let pass = |began| Pass { began: Some(began), ended: None };
        let any = |(phase, began)| (format!("{phase}#{ANY_REVISION}"), pass(began));
        Ok(Self { passes: one.phase_began.into_iter().map(any).collect() })
    }
}

/// A pass through a phase that is complete: its name, and when it began and ended.
pub type Passed = (&'static str, Timestamp, Timestamp);

impl Progress {
    /// Records a fact. Returns the passes that it completes. `permitted` says whether an executed change had a
    /// valid permit; a report without one is not counted.
    pub fn note(&mut self, fact: &Fact, permitted: bool) -> Vec<Passed> {
        let at = fact.time();
        let (revision, ends, begins) = match fact {
            Fact::ChangeAccepted(e) => (e.data.revision, None, Some("review")),
            Fact::ReviewCompleted(e) => {
                let passed = e.data.verdict == Verdict::Pass;
                (e.data.revision, Some("review"), passed.then_some("decision"))
            }
            Fact::ApprovalDecided(e) => {
                let approved = e.data.outcome == Outcome::Approved;
                (e.data.revision, Some("decision"), approved.then_some("execution"))
            }
            Fact::ChangeExecuted(e) if permitted => (e.data.revision, Some("execution"), None),
            _ => return Vec::new(),
        };
        let ended = ends.and_then(|phase| self.end(phase, revision, at));
        let begun = begins.and_then(|phase| self.begin(phase, revision, at));
        ended.into_iter().chain(begun).collect()
    }

    /// Whether a permitted apply of a revision is recorded.
    #[must_use]
    pub fn executed(&self, revision: u32) -> bool {
        self.passes.get(&name("execution", revision)).is_some_and(|pass| pass.ended.is_some())
    }

    fn begin(&mut self, phase: &'static str, revision: u32, at: Timestamp) -> Option<Passed> {
        let pass = self.passes.entry(name(phase, revision)).or_default();
        if pass.began.is_some() {
            return None;
        }
        pass.began = Some(at);
        Some((phase, at, pass.ended?))
    }

    fn end(&mut self, phase: &'static str, revision: u32, at: Timestamp) -> Option<Passed> {
        let any = self.passes.remove(&format!("{phase}#{ANY_REVISION}"));
        let pass = self.passes.entry(name(phase, revision)).or_default();
        if pass.ended.is_some() {
            return None;
        }
        pass.began = pass.began.or(any.and_then(|pass| pass.began));
        pass.ended = Some(at);
        Some((phase, pass.began?, at))
    }
}

fn name(phase: &str, revision: u32) -> String {
    format!("{phase}#{revision:06}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use headgate_events::Versioned as _;

    fn fact(kind: &str, revision: u32, time: &str) -> Fact {
        let path = format!("{}/../../../events/fixtures/{kind}.json", env!("CARGO_MANIFEST_DIR"));
        let mut detail: serde_json::Value =
            serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        detail["time"] = time.into();
        detail["data"]["revision"] = revision.into();
        if kind.starts_with("review") {
            detail["data"]["verdict"] = "pass".into();
        }
        let entry = serde_json::json!({"detail-type": kind, "source": "x", "detail": detail});
        headgate_events::Delivery::parse(&entry.to_string()).unwrap().fact
    }

    fn milliseconds(passed: &[Passed]) -> Vec<(&'static str, i128)> {
        passed.iter().map(|(n, from, to)| (*n, to.duration_since(*from).as_millis())).collect()
    }

    #[test]
    fn phases_run_from_fact_to_fact_in_any_order() {
        let facts = [
            fact("change.accepted.v1", 1, "2026-11-02T09:00:00Z"),
            fact("review.completed.v2", 1, "2026-11-02T09:00:02Z"),
            fact("approval.decided.v2", 1, "2026-11-02T09:00:05Z"),
            // Another revision of the same change, meanwhile.
            fact("change.accepted.v1", 2, "2026-11-02T09:00:01Z"),
        ];
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
            let mut progress = Progress::default();
            let mut passed = Vec::new();
            for n in order {
                passed.extend(progress.note(&facts[n], false));
                assert!(progress.note(&facts[n], false).is_empty(), "counted twice");
            }
            passed.sort();
            assert_eq!(milliseconds(&passed), [("decision", 3_000), ("review", 2_000)]);
        }
    }

    #[test]
    fn an_apply_without_a_permit_ends_no_phase() {
        let mut progress = Progress::default();
        progress.note(&fact("approval.decided.v2", 1, "2026-11-02T09:00:00Z"), false);
        let executed = fact("change.executed.v1", 1, "2026-11-02T09:00:07Z");
        assert!(progress.note(&executed, false).is_empty());
        assert!(!progress.executed(1));
        let passed = progress.note(&executed, true);
        assert_eq!(milliseconds(&passed), [("execution", 7_000)]);
        assert!(progress.executed(1) && !progress.executed(2));
    }

    #[test]
    fn a_phase_that_an_older_build_saw_begin_is_counted() {
        let one = r#"{"began_at":null,"phase_began":{"review":"2026-11-02T09:00:00Z"},"iterations_to_clean":0,"clean":false}"#;
        let mut progress = Progress::read(1, one).unwrap();
        let passed = progress.note(&fact("review.completed.v2", 3, "2026-11-02T09:00:02Z"), false);
        assert_eq!(milliseconds(&passed), [("review", 2_000)]);
    }
}
