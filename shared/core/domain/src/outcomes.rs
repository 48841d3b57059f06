//! Outcomes of a model's changes in use, by week. Pure.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Weeks that are kept: half a year.
pub const WEEKS_KEPT: usize = 26;

/// What can succeed or fail.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeKind {
    /// A review without findings to fix.
    Review,
    /// A permit for the approved content.
    Permit,
    /// An apply that succeeded.
    Apply,
    /// An apply that was not followed by an incident within two hours.
    Calm,
}

impl OutcomeKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Review, Self::Permit, Self::Apply, Self::Calm];

    /// Success, in words for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Review => "reviews that passed",
            Self::Permit => "permits for approved content",
            Self::Apply => "applies that succeeded",
            Self::Calm => "applies without an incident within two hours",
        }
    }
}

/// Outcomes of one kind in one week.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    /// Successes.
    pub good: u64,
    /// Successes and failures.
    pub all: u64,
}

/// Outcomes of a model's changes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Outcomes {
    /// By week (`2026-W47`, ISO 8601) and kind.
    pub weeks: BTreeMap<String, BTreeMap<OutcomeKind, Tally>>,
    /// First week of the current history. Earlier weeks no longer count, because the model was demoted for a drop
    /// that began in this week.
    #[serde(default)]
    pub since: Option<String>,
}

impl headgate_events::Versioned for Outcomes {}

impl Outcomes {
    /// Counts one outcome.
    pub fn count(&mut self, kind: OutcomeKind, good: bool, at: Timestamp) {
        let tally = self.tally(kind, at);
        tally.all += 1;
        tally.good += u64::from(good);
    }

    /// Adds another part of the same outcomes.
    pub fn add(&mut self, part: &Self) {
        for (week, kinds) in &part.weeks {
            for (kind, Tally { good, all }) in kinds {
                let sum = self.weeks.entry(week.clone()).or_default().entry(*kind).or_default();
                sum.good += good;
                sum.all += all;
            }
        }
        self.forget();
        if self.since < part.since {
            self.since.clone_from(&part.since);
        }
    }

    /// Turns one success that was counted at `at` into a failure.
    pub fn take_back(&mut self, kind: OutcomeKind, at: Timestamp) {
        let tally = self.tally(kind, at);
        tally.good = tally.good.saturating_sub(1);
    }

    fn tally(&mut self, kind: OutcomeKind, at: Timestamp) -> &mut Tally {
        let week = week(at);
        self.weeks.entry(week.clone()).or_default();
        self.forget();
        self.weeks.entry(week).or_default().entry(kind).or_default()
    }

    /// Keeps only the last half year.
    fn forget(&mut self) {
        while self.weeks.len() > WEEKS_KEPT {
            self.weeks.pop_first();
        }
    }
}

/// The ISO 8601 week of a time, in UTC: `2026-W47`.
#[must_use]
pub fn week(at: Timestamp) -> String {
    let date = at.to_zoned(TimeZone::UTC).date().iso_week_date();
    format!("{:04}-W{:02}", date.year(), date.week())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn weeks_are_those_of_iso_8601() {
        assert_eq!(week("2027-01-03T23:59:59Z".parse().unwrap()), "2026-W53");
        assert_eq!(week("2027-01-04T00:00:00Z".parse().unwrap()), "2027-W01");
    }

    #[test]
    fn half_a_year_is_kept() {
        let mut outcomes = Outcomes::default();
        let first: Timestamp = "2026-01-05T12:00:00Z".parse().unwrap();
        for n in 0..40 {
            outcomes.count(OutcomeKind::Review, true, first + SignedDuration::from_hours(168 * n));
        }
        assert_eq!(outcomes.weeks.len(), WEEKS_KEPT);
    }
}
