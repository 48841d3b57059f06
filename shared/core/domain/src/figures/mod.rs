//! The figures of engagements, changes and proposers, and how facts change them. Pure.

mod work;

use std::collections::BTreeMap;

use headgate_events::latest::ExecutionOutcome;
use headgate_events::{Fact, Outcome, Ratings, Verdict};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use work::Work;

/// Totals of an engagement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Facts by type, without the version.
    pub facts: BTreeMap<String, u64>,
    /// Reviews by verdict, decisions and executions by outcome.
    pub outcomes: BTreeMap<String, u64>,
    /// Revisions that ended their change. A change that expired may be proposed again, and ends once more.
    pub finalized: u64,
    /// Sum of their lead times in seconds.
    pub lead_time_seconds: u64,
    /// Reported applies without a permit.
    pub unpermitted: u64,
    /// Position on the timeline up to which every fact is counted, here and in all other figures. Both are written in one transaction, so
    /// they differ only after a restore. 0 if an earlier build counted last.
    #[serde(default)]
    pub counted_to: u64,
    /// What the phases of the engagement have taken, by the id of the phase.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub work: BTreeMap<String, Work>,
}

impl headgate_events::Versioned for Summary {}

/// Duration of a phase, over all changes of an engagement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Phase {
    /// Number of completed passes through the phase.
    pub count: u64,
    /// Sum of the durations in milliseconds.
    pub total_ms: u64,
    /// Longest duration in milliseconds.
    pub max_ms: u64,
}

impl headgate_events::Versioned for Phase {}

/// Results of the proposals of an agent or a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Scorecard {
    /// Revisions that were reviewed.
    pub reviewed: u64,
    /// Reviewed revisions that passed.
    pub passed: u64,
    /// Revisions that were decided on.
    pub decided: u64,
    /// Decided revisions that were approved.
    pub approved: u64,
    /// Number of applies.
    pub executed: u64,
    /// Applies that succeeded.
    pub succeeded: u64,
    /// Votes with ratings.
    pub rated: u64,
    /// Sum of the quality ratings, 1 to 5 each.
    pub quality: u64,
    /// Sum of the relevance ratings, 1 to 5 each.
    pub relevance: u64,
    /// Sum of the completeness ratings, 1 to 5 each.
    pub completeness: u64,
}

impl headgate_events::Versioned for Scorecard {}

impl Scorecard {
    /// Trust in the next proposal, 0 to 1: Laplace's rule of succession, (successes + 1) / (trials + 2), over
    /// reviews, decisions and applies together. Without any trials it is 0.5.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn trust(&self) -> f64 {
        let good = self.passed + self.approved + self.succeeded;
        let all = self.reviewed + self.decided + self.executed;
        (good as f64 + 1.0) / (all as f64 + 2.0)
    }

    /// Mean ratings of quality, relevance and completeness; `None` without ratings.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn ratings(&self) -> Option<[f64; 3]> {
        let mean = |sum: u64| sum as f64 / self.rated as f64;
        (self.rated > 0).then(|| [self.quality, self.relevance, self.completeness].map(mean))
    }

    /// Adds another part of the same results.
    pub fn add(&mut self, part: &Self) {
        let Self {
            reviewed,
            passed,
            decided,
            approved,
            executed,
            succeeded,
            rated,
            quality,
            relevance,
            completeness,
        } = part;
        self.reviewed += reviewed;
        self.passed += passed;
        self.decided += decided;
        self.approved += approved;
        self.executed += executed;
        self.succeeded += succeeded;
        self.rated += rated;
        self.quality += quality;
        self.relevance += relevance;
        self.completeness += completeness;
    }

    fn rate(&mut self, ratings: Ratings) {
        self.rated += 1;
        self.quality += u64::from(ratings.quality);
        self.relevance += u64::from(ratings.relevance);
        self.completeness += u64::from(ratings.completeness);
    }

    /// Counts a fact.
    pub fn count(&mut self, fact: &Fact) {
        if let Fact::ApprovalDecided(e) = fact {
            e.data.votes.iter().filter_map(|v| v.ratings).for_each(|r| self.rate(r));
        }
        let (all, good, success) = match fact {
            Fact::ReviewCompleted(e) => {
                (&mut self.reviewed, &mut self.passed, e.data.verdict == Verdict::Pass)
            }
            Fact::ApprovalDecided(e) => {
                (&mut self.decided, &mut self.approved, e.data.outcome == Outcome::Approved)
            }
            Fact::ChangeExecuted(e) => {
                let ok = e.data.outcome == ExecutionOutcome::Succeeded;
                (&mut self.executed, &mut self.succeeded, ok)
            }
            _ => return,
        };
        *all += 1;
        *good += u64::from(success);
    }
}

impl Summary {
    /// Counts a fact.
    pub fn count(&mut self, fact: &Fact) {
        let kind = fact.kind().rsplit_once(".v").map_or(fact.kind(), |(stem, _)| stem);
        *self.facts.entry(kind.to_owned()).or_default() += 1;
        let outcome = match fact {
            Fact::ReviewCompleted(e) => format!("review.{:?}", e.data.verdict),
            Fact::ApprovalDecided(e) => format!("approval.{:?}", e.data.outcome),
            Fact::ChangeExecuted(e) => format!("execution.{:?}", e.data.outcome),
            _ => return,
        };
        *self.outcomes.entry(outcome.to_lowercase()).or_default() += 1;
    }
}

impl Phase {
    /// Adds one duration.
    pub fn add(&mut self, from: Timestamp, to: Timestamp) {
        let ms = u64::try_from(to.duration_since(from).as_millis()).unwrap_or_default();
        self.count += 1;
        self.total_ms += ms;
        self.max_ms = self.max_ms.max(ms);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    pub(super) fn fact(kind: &str, edit: impl Fn(&mut serde_json::Value)) -> Fact {
        let path = format!("{}/../../../events/fixtures/{kind}.json", env!("CARGO_MANIFEST_DIR"));
        let mut detail = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        edit(&mut detail);
        let entry = serde_json::json!({"detail-type": kind, "source": "x", "detail": detail});
        headgate_events::Delivery::parse(&entry.to_string()).unwrap().fact
    }

    #[test]
    fn trust_is_the_rule_of_succession() {
        let mut card = Scorecard::default();
        assert!((card.trust() - 0.5).abs() < 1e-12);
        card.count(&fact("approval.decided.v1", |_| ()));
        assert!((card.trust() - 2.0 / 3.0).abs() < 1e-12);
        card.count(&fact("review.completed.v1", |_| ()));
        assert!((card.trust() - 0.5).abs() < 1e-12);
        card.count(&fact("change.accepted.v1", |_| ()));
        assert_eq!(card.decided + card.reviewed + card.executed, 2);
    }

    #[test]
    fn ratings_are_means_over_votes_that_have_some() {
        let mut card = Scorecard::default();
        card.count(&fact("approval.decided.v1", |_| ()));
        assert_eq!(card.ratings(), None);
        card.count(&fact("approval.decided.v2", |_| ()));
        card.count(&fact("approval.decided.v2", |d| {
            d["data"]["votes"][0]["ratings"]["quality"] = 1.into();
        }));
        assert_eq!(card.ratings(), Some([2.5, 5.0, 4.0]));
    }

    #[test]
    fn facts_are_counted_without_their_version() {
        let mut summary = Summary::default();
        summary.count(&fact("change.proposed.v1", |_| ()));
        summary.count(&fact("change.proposed.v2", |_| ()));
        summary.count(&fact("change.executed.v1", |_| ()));
        assert_eq!(summary.facts["change.proposed"], 2);
        assert_eq!(summary.outcomes["execution.succeeded"], 1);
    }
}
