//! Outcomes of a model's changes by week, and whether they have got worse: each kind against its own history. Pure.

use std::collections::BTreeMap;
use std::fmt;

use headgate_stats::{Drop, Period, StatsError, latest_drop};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// Weeks that are kept: half a year.
const WEEKS: usize = 26;
/// Chance of a false alarm in half a year, over all kinds of outcomes and all weeks together.
const ALPHA: f64 = 0.05;
/// Looks in half a year: one for each week that is over. To look more often would find more by chance, and what is
/// found would depend on the order in which things are told.
const LOOKS: f64 = WEEKS as f64;
/// How many kinds are looked at.
const KINDS: f64 = Kind::ALL.len() as f64;
/// A smaller drop does not matter.
const MINIMUM: f64 = 0.10;

/// What can go well or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// A review without anything to mend.
    Review,
    /// A permit for what was approved.
    Permit,
    /// An apply that succeeded.
    Apply,
    /// An apply that no incident followed within two hours.
    Calm,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Review, Self::Permit, Self::Apply, Self::Calm];

    /// What went well, for people.
    fn name(self) -> &'static str {
        match self {
            Self::Review => "reviews that passed",
            Self::Permit => "permits for what was approved",
            Self::Apply => "applies that succeeded",
            Self::Calm => "applies without an incident within two hours",
        }
    }
}

/// Outcomes of one kind in one week.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tally {
    /// What went well.
    pub(crate) good: u64,
    /// All.
    pub(crate) all: u64,
}

/// Outcomes of a model's changes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Outcomes {
    /// By week (`2026-W47`, ISO 8601) and kind.
    weeks: BTreeMap<String, BTreeMap<Kind, Tally>>,
    /// Weeks before this one are no history any more: the model was demoted for what came after them.
    #[serde(default)]
    since: Option<String>,
}

/// A model has got worse.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Worse {
    /// At what.
    pub(crate) kind: Kind,
    /// Since which week.
    pub(crate) week: String,
    /// Rates before and after, and how sure it is.
    pub(crate) drop: Drop,
}

impl Outcomes {
    /// Counts one outcome.
    pub(crate) fn count(&mut self, kind: Kind, good: bool, at: Timestamp) {
        let tally = self.tally(kind, at);
        tally.all += 1;
        tally.good += u64::from(good);
    }

    /// Takes back that something that was counted then went well.
    pub(crate) fn take_back(&mut self, kind: Kind, at: Timestamp) {
        let tally = self.tally(kind, at);
        tally.good = tally.good.saturating_sub(1);
    }

    fn tally(&mut self, kind: Kind, at: Timestamp) -> &mut Tally {
        let week = week(at);
        self.weeks.entry(week.clone()).or_default();
        while self.weeks.len() > WEEKS {
            self.weeks.pop_first();
        }
        self.weeks.entry(week).or_default().entry(kind).or_default()
    }

    /// Whether it has got worse in the weeks that are over, at what is most certain. To look at all kinds, and every
    /// week, is paid for (Bonferroni).
    ///
    /// # Errors
    /// [`StatsError`], never for what was counted here.
    pub(crate) fn worse(&self, now: Timestamp) -> Result<Option<Worse>, StatsError> {
        let since = self.since.as_deref().unwrap_or_default();
        let this = week(now);
        let over = |week: &str| week >= since && week < this.as_str();
        let known: Vec<_> = self.weeks.iter().filter(|(week, _)| over(week)).collect();
        let mut found: Option<Worse> = None;
        for kind in Kind::ALL {
            let period = |kinds: &BTreeMap<Kind, Tally>| {
                let Tally { good, all } = kinds.get(&kind).copied().unwrap_or_default();
                Period { good, all }
            };
            let periods: Vec<_> = known.iter().map(|(_, kinds)| period(kinds)).collect();
            let Some(drop) = latest_drop(&periods)? else { continue };
            let certain = drop.p * KINDS * LOOKS <= ALPHA && drop.before - drop.after >= MINIMUM;
            let more = found.as_ref().is_none_or(|f| drop.p < f.drop.p);
            if let (true, true, Some((week, _))) = (certain, more, known.get(drop.at)) {
                found = Some(Worse { kind, week: (*week).clone(), drop });
            }
        }
        Ok(found)
    }

    /// Forgets what was before: what came after it is the model's history from now on.
    pub(crate) fn begin_anew(&mut self, worse: &Worse) {
        self.since = Some(worse.week.clone());
    }
}

impl fmt::Display for Worse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, after) = (100.0 * self.drop.before, 100.0 * self.drop.after);
        let kind = self.kind.name();
        write!(f, "{kind}: {after:.0} % since {}, {before:.0} % before", self.week)
    }
}

fn week(at: Timestamp) -> String {
    let date = at.to_zoned(TimeZone::UTC).date().iso_week_date();
    format!("{:04}-W{:02}", date.year(), date.week())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::print_stdout)]
    use super::{Kind, Outcomes, week};
    use jiff::{SignedDuration, Timestamp};

    fn at(week: i64) -> Timestamp {
        "2026-01-05T12:00:00Z".parse::<Timestamp>().unwrap()
            + SignedDuration::from_hours(168 * week)
    }

    fn weeks(outcomes: &mut Outcomes, weeks: std::ops::Range<i64>, good_of_ten: u32) {
        for n in weeks {
            for i in 0..10 {
                outcomes.count(Kind::Review, i < good_of_ten, at(n));
            }
        }
    }

    #[test]
    fn weeks_are_those_of_iso_8601() {
        assert_eq!(week("2027-01-03T23:59:59Z".parse().unwrap()), "2026-W53");
        assert_eq!(week("2027-01-04T00:00:00Z".parse().unwrap()), "2027-W01");
    }

    #[test]
    fn a_model_that_gets_worse_is_found_once_its_week_is_over() {
        let mut outcomes = Outcomes::default();
        weeks(&mut outcomes, 0..8, 9);
        assert_eq!(outcomes.worse(at(8)).unwrap(), None);
        weeks(&mut outcomes, 8..10, 1);
        assert_eq!(outcomes.worse(at(8)).unwrap(), None, "the week is not over");
        let worse = outcomes.worse(at(10)).unwrap().unwrap();
        assert_eq!((worse.kind, worse.week.as_str()), (Kind::Review, "2026-W10"));
        let said = "reviews that passed: 10 % since 2026-W10, 90 % before";
        assert_eq!(worse.to_string(), said);
        outcomes.begin_anew(&worse);
        assert_eq!(outcomes.worse(at(10)).unwrap(), None);
        // It stays as it is: no second alarm.
        weeks(&mut outcomes, 10..14, 1);
        assert_eq!(outcomes.worse(at(14)).unwrap(), None);
        // It had got better, and gets worse again: another.
        weeks(&mut outcomes, 14..22, 9);
        weeks(&mut outcomes, 22..26, 1);
        assert!(outcomes.worse(at(26)).unwrap().is_some());
    }

    /// A model that stays as it is, ten outcomes a week for half a year, looked at every week.
    #[test]
    fn a_model_that_stays_as_it_is_is_hardly_ever_suspected() {
        let mut random = fastrand::Rng::with_seed(7);
        let models = 400;
        let suspected = (0..models)
            .filter(|_| {
                let mut outcomes = Outcomes::default();
                (0..26).any(|n| {
                    for _ in 0..10 {
                        for kind in Kind::ALL {
                            outcomes.count(kind, random.f64() < 0.9, at(n));
                        }
                    }
                    outcomes.worse(at(n + 1)).unwrap().is_some()
                })
            })
            .count();
        println!(
            "{suspected} of {models} models that stay as they are were suspected in half a year"
        );
        assert!(suspected * 20 <= models, "{suspected} of {models}");
    }

    #[test]
    fn half_a_year_is_kept() {
        let mut outcomes = Outcomes::default();
        weeks(&mut outcomes, 0..40, 9);
        assert_eq!(outcomes.weeks.len(), 26);
    }
}
