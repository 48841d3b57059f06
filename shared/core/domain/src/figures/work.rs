//! What the phases of an engagement have taken, as their agents reported it.

use headgate_events::Fact;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Summary;

/// Work of a phase.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Work {
    /// How often it has ended: 1 once it has.
    pub ended: u64,
    /// Attempts until then.
    pub attempts: u64,
    /// Seconds from its start to its end.
    pub seconds: u64,
    /// Tokens of all agents in all attempts.
    pub tokens: u64,
    /// Turns of all agents in all attempts.
    pub turns: u64,
    /// Handoffs between agents in all attempts.
    pub handoffs: u64,
    /// Largest context that was handed over, in tokens.
    pub largest_context: u64,
    /// Questions that agents asked people.
    pub questions: u64,
    /// Limits that were exceeded, without warnings before.
    pub breaches: u64,
}

impl Summary {
    /// Counts a fact about the work of a phase. Other facts change nothing.
    pub fn note_work(&mut self, fact: &Fact) {
        match fact {
            Fact::PhaseCompleted(e) => {
                let end = &e.data.end;
                let work = self.of(&end.phase);
                work.ended += 1;
                work.attempts += u64::from(end.attempts);
                work.seconds += end.seconds;
                work.tokens += end.tokens;
                work.turns += u64::from(end.turns);
                work.handoffs += u64::from(end.handoffs);
                work.largest_context = work.largest_context.max(end.largest_context);
            }
            Fact::InterruptRaised(e) => self.of(&e.data.phase).questions += 1,
            Fact::PhaseBreached(e) if !e.data.warning => self.of(&e.data.phase).breaches += 1,
            _ => {}
        }
    }

    fn of(&mut self, phase: &str) -> &mut Work {
        self.work.entry(phase.to_owned()).or_default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::tests::fact;
    use super::*;

    #[test]
    fn the_work_of_each_phase_is_counted() {
        let mut summary = Summary::default();
        let of = |phase: &'static str| {
            move |d: &mut serde_json::Value| d["data"]["phase"] = phase.into()
        };
        summary.note_work(&fact("interrupt.raised.v1", of("build")));
        summary.note_work(&fact("phase.breached.v1", of("build")));
        summary.note_work(&fact("phase.breached.v1", |d| {
            of("build")(d);
            d["data"]["warning"] = true.into();
        }));
        summary.note_work(&fact("phase.completed.v1", |d| {
            d["data"]["end"] = serde_json::json!({
                "phase": "build", "attempts": 2, "outcome": "approved", "seconds": 61, "tokens": 45_000, "turns": 7,
                "handoffs": 3, "largest_context": 2_000,
            });
        }));
        summary.note_work(&fact("interrupt.raised.v1", of("look")));
        summary.note_work(&fact("change.proposed.v2", |_| ()));
        let build = Work {
            ended: 1,
            attempts: 2,
            seconds: 61,
            tokens: 45_000,
            turns: 7,
            handoffs: 3,
            largest_context: 2_000,
            questions: 1,
            breaches: 1,
        };
        assert_eq!(summary.work["build"], build);
        assert_eq!(summary.work["look"], Work { questions: 1, ..Work::default() });
        assert_eq!(summary.work.len(), 2);
        assert!(summary.facts.is_empty());
    }
}
